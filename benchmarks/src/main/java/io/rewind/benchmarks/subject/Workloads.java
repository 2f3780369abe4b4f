package io.rewind.benchmarks.subject;

import io.rewind.cli.stand.Cleanup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The workloads there are. Their images are made by the launcher from Debian's packages. */
public final class Workloads {
    private static final String IMAGES = "rewind-bench/";
    private static final String GET = "GET / HTTP/1.0\r\n\r\n";
    private static final Load WRK = new Load(
            IMAGES + "wrk",
            "exec wrk --threads 1 --connections 8 --duration $LASTS http://$ADDRESS:8080/",
            Pattern.compile("Requests/sec: +([0-9.]+)"));

    private Workloads() {}

    /** redis-benchmark puts another number into each placeholder: values that compress as data does. */
    private static final String SET = " -r 100000 set key:__rand_int__ " + "__rand_int__".repeat(85);

    /** Those that people run, noise that nothing can be gained from, and nothing at all. */
    public static List<Workload> services(Cleanup cleanup) {
        return List.of(redis(), redisOneKey(), mariadb(), jvm(cleanup), python(), nginx(), random(64, 0.01), idle());
    }

    /** The paper's: 256 MiB allocated, touched and freed, again and again. */
    public static Workload stressMemory() {
        return Workload.of("memory", IMAGES + "stress", "exec stress --vm 1");
    }

    /** The paper's second. */
    public static Workload stressCpu() {
        return Workload.of("cpu", IMAGES + "stress", "exec stress --cpu 1");
    }

    /** 100,000 values of 1,020 digits, of which redis-benchmark overwrites random ones: every page, within seconds. */
    public static Workload redis() {
        return redis("redis", SET);
    }

    /** The same values at rest, while redis-benchmark does what it does when nobody says more: one key. */
    public static Workload redisOneKey() {
        return redis("redis-one-key", " -t set,get");
    }

    private static Workload redis(String name, String load) {
        return Workload.of(
                        name,
                        IMAGES + "redis",
                        "(until redis-cli ping; do sleep 0.1; done; redis-benchmark -q -n 250000 -P 16" + SET
                                + " >/dev/null; echo filled) & exec redis-server --save '' --protected-mode no")
                .readyAt("filled")
                .probed()
                .with(
                        new Answer(6379, "PING\r\n"),
                        new Load(
                                IMAGES + "redis",
                                // In rounds until the time is over; the rate is that of all rounds together.
                                "end=$(($(date +%s) + LASTS)); while [ $(date +%s) -lt $end ]; do"
                                        + " redis-benchmark -h $ADDRESS --csv -n 20000" + load + "; done"
                                        + " | awk -F'\"' '$4 + 0 > 0 { n++; t += 1 / $4 } END { print \"rate\", n / t }'",
                                Pattern.compile("rate ([0-9.]+)")));
    }

    /** The same values, of which each second of load overwrites 2,000 random ones, and no more. */
    public static Workload redisSomeKeys() {
        return redis().with(
                        new Answer(6379, "PING\r\n"),
                        new Load(
                                IMAGES + "redis",
                                "redis-benchmark -h $ADDRESS --csv -n 2000" + SET
                                        + " | awk -F'\"' '$4 + 0 > 0 { print \"rate\", $4 }'; sleep 1",
                                Pattern.compile("rate ([0-9.]+)")));
    }

    /** An empty one, without load. */
    public static Workload redisServer() {
        return new Workload(
                "redis",
                IMAGES + "redis",
                List.of(),
                Map.of(),
                "exec redis-server --save '' --protected-mode no",
                "",
                Optional.of(StallProbe.BESIDE),
                Optional.of(new Answer(6379, "PING\r\n")),
                Optional.empty());
    }

    /** sysbench's mixed transactions on one table of 10,000 rows. */
    public static Workload mariadb() {
        // Without a limit it reserves 8 TiB of addresses, for which CRIU would need 32 GiB: 16 bytes for each page.
        String server =
                "mariadbd --no-defaults --user=root --datadir=/data/db --innodb-use-native-aio=0 --innodb-buffer-pool-size-max=256M"
                        + " --skip-grant-tables --skip-name-resolve --bind-address=0.0.0.0 --socket=/tmp/db.sock";
        String sysbench = "sysbench oltp_read_write --db-driver=mysql --mysql-host=$ADDRESS --mysql-user=root"
                + " --mysql-db=bench --table-size=10000 --threads=2";
        return Workload.of(
                        "mariadb",
                        IMAGES + "mariadb",
                        "mariadb-install-db --no-defaults --user=root --datadir=/data/db --skip-test-db >/dev/null;"
                                + " mkdir /data/db/bench; exec " + server)
                .probed()
                .with(
                        new Answer(3306, ""),
                        new Load(
                                IMAGES + "sysbench",
                                sysbench + " prepare >/dev/null 2>&1; exec " + sysbench + " --time=$LASTS run",
                                Pattern.compile("transactions: +\\d+ +\\(([0-9.]+) per sec")));
    }

    /** A service with 100 MiB of live objects that changes some for each request. */
    public static Workload jvm(Cleanup cleanup) {
        return Workload.of(
                        "jvm",
                        IMAGES + "jvm",
                        "exec /usr/lib/jvm/default-java/bin/java -Xmx256m -XX:+UseSerialGC -cp /data JvmService")
                .with(Map.of("/data/JvmService.class", JvmService.compile(cleanup)))
                .probed()
                .with(new Answer(8080, GET), WRK);
    }

    /** Python's own web server on a small folder, one thread a request. */
    public static Workload python() {
        return Workload.of("python", IMAGES + "python", "cd /data && exec python3 -m http.server 8080 >/dev/null 2>&1")
                .probed()
                .with(new Answer(8080, GET), WRK);
    }

    public static Workload nginx() {
        return Workload.of(
                        "nginx",
                        IMAGES + "nginx",
                        "echo 'daemon off; user root; pid /data/nginx.pid; worker_processes 2; events {} http { access_log off; server {"
                                + " listen 8080; location / { return 200 hello; } location = /mark { root /data; } } }' >/data/nginx.conf;"
                                + " exec nginx -c /data/nginx.conf")
                .probed()
                .with(new Answer(8080, GET), WRK);
    }

    /** Whole pages of noise: nothing is to be gained from them. */
    public static Workload random(int mebibytes, double share) {
        return holding("random", mebibytes, share, true);
    }

    /** Holds memory and writes 64 bytes to a share of its pages every half second. */
    public static Workload writing(int mebibytes, double share) {
        return holding("writing", mebibytes, share, false);
    }

    private static Workload holding(String name, int mebibytes, double share, boolean random) {
        return new Workload(
                name,
                IMAGES + "stress",
                List.of(),
                Map.of(),
                "",
                "",
                Optional.of(new StallProbe(mebibytes, share, random)),
                Optional.empty(),
                Optional.empty());
    }

    /** 4 MiB, 1 % of the pages written every half second, and next to no processor for it: one of many. */
    public static Workload small() {
        return Workload.of(
                        "small",
                        IMAGES + "stress",
                        "exec perl -e '$| = 1; my $m = \"x\" x (4 << 20); print \"ready\\n\"; while (1) {"
                                + " select(undef, undef, undef, 0.1);"
                                + " substr($m, 4096 * int(rand(1024)), 64) = pack(\"Q\", $n++) x 8 for 1 .. 2 }'")
                .readyAt("ready");
    }

    public static Workload idle() {
        return Workload.of("idle", IMAGES + "stress", "exec sleep 1000000");
    }
}
