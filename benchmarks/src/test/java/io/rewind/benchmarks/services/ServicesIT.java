package io.rewind.benchmarks.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.RestoreOrder;
import io.rewind.cli.client.Restores;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Program;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import io.rewind.schemas.id.ContainerName;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Services that people run, captured under load, put back in place under load and opened as clones: looked at from
 * outside, over the network, and from inside. Run by {@code ./rewind test services}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "rewind.test.services", matches = "true")
class ServicesIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration EACH = Duration.ofSeconds(1);
    /** What the JVM service may have replaced for whoever waits for it to answer. */
    private static final long SOME = 10 * 16;

    @SuppressWarnings("NullAway.Init") // made before the first test, for all of them
    private Bench bench;

    @BeforeAll
    void open() {
        bench = Bench.open(Terminal.standard(), "");
    }

    @AfterAll
    void close() {
        bench.close();
    }

    /** Something about a service that can be changed and asked for. */
    private interface Mark {
        void set(Subject subject, String value);

        /** As it says itself, asked from outside. */
        String get(String address);
    }

    /** Also looks, where the container has gone back, whether the service is sound. */
    private void goesBackAndOpensAsAClone(Workload workload, Mark mark, String... check) {
        try (Cleanup cleanup = new Cleanup()) {
            Subject subject = Subject.start(workload, cleanup);
            bench.watch(subject.name(), EACH);
            workload.load().orElseThrow().start(subject.address(), cleanup);
            mark.set(subject, "before");
            String point = bench.capture(subject.name()).getHeader().getPoint();
            mark.set(subject, "after");
            assertThat(mark.get(subject.address())).isEqualTo("after");

            bench.restoreWhole(subject.name(), point, news -> {});

            awaitAnswer(workload, subject.address());
            assertThat(mark.get(subject.address())).isEqualTo("before");
            if (check.length > 0) {
                assertThat(inside(subject, check)).contains("OK").doesNotContainIgnoringCase("error");
            }
            mark.set(subject, "third");
            String clone = clone(subject, point, cleanup);
            awaitAnswer(workload, clone);
            assertThat(mark.get(clone)).isEqualTo("before");
            assertThat(mark.get(subject.address())).as("the first one runs on").isEqualTo("third");
        }
    }

    /** @return its address */
    private String clone(Subject subject, String point, Cleanup cleanup) {
        String name = subject.name() + "-clone";
        cleanup.add(() -> Program.run("sh", "-c", "docker rm --force --volumes " + name + " 2>&1 || true"));
        RestoreProgress end = new Restores(bench.session())
                .run(
                        RestoreOrder.clone(
                                new ContainerName(subject.name()), PointChoice.byId(point), new ContainerName(name)),
                        news -> {});
        assertThat(end.getState()).as(end.getMessage()).isEqualTo(RestoreState.RUNNING);
        return Program.run("docker", "inspect", "--format", "{{.NetworkSettings.IPAddress}}", name)
                .strip();
    }

    private static void awaitAnswer(Workload workload, String address) {
        workload.answer().orElseThrow().await(address, LIMIT);
    }

    private static String inside(Subject subject, String... command) {
        String[] words = new String[command.length + 3];
        System.arraycopy(new String[] {"docker", "exec", subject.name()}, 0, words, 0, 3);
        System.arraycopy(command, 0, words, 3, command.length);
        return Program.run(words).strip();
    }

    /** A client in a container of its own. */
    private static String outside(String image, String command) {
        return Program.run("docker", "run", "--rm", "rewind-bench/" + image, "sh", "-c", command)
                .strip();
    }

    private static String page(String address, String path) {
        return outside(
                "python",
                "exec python3 -c 'import urllib.request as r; print(r.urlopen(\"http://" + address + ":8080" + path
                        + "\", timeout=20).read().decode())'");
    }

    /** A file that the container has changed; what serves it holds it open, or not. */
    private static final class Page implements Mark {
        @Override
        public void set(Subject subject, String value) {
            inside(subject, "sh", "-c", "echo " + value + " >/data/mark.new; mv /data/mark.new /data/mark");
        }

        @Override
        public String get(String address) {
            return page(address, "/mark");
        }
    }

    @Test
    void redis() {
        goesBackAndOpensAsAClone(
                Workloads.redis(),
                new Mark() {
                    @Override
                    public void set(Subject subject, String value) {
                        inside(subject, "redis-cli", "SET", "mark", value);
                    }

                    @Override
                    public String get(String address) {
                        return outside("redis", "exec redis-cli -h " + address + " GET mark");
                    }
                },
                "sh",
                "-c",
                "redis-cli DBSIZE; redis-cli SAVE");
    }

    @Test
    void mariadb() {
        String client = "exec mariadb --skip-ssl --user=root --batch --skip-column-names bench --execute ";
        goesBackAndOpensAsAClone(
                Workloads.mariadb(),
                new Mark() {
                    @Override
                    public void set(Subject subject, String value) {
                        // The load fills its table first.
                        await().atMost(LIMIT)
                                .ignoreExceptions()
                                .until(() -> sql(subject, "SELECT COUNT(*) FROM sbtest1")
                                        .endsWith("10000"));
                        sql(subject, "CREATE OR REPLACE TABLE mark ENGINE=InnoDB AS SELECT '" + value + "' AS value");
                    }

                    @Override
                    public String get(String address) {
                        return outside("mariadb", client + "'SELECT value FROM mark' --host=" + address);
                    }
                },
                "mariadb",
                "--socket=/tmp/db.sock",
                "bench",
                "--execute",
                "CHECK TABLE mark EXTENDED; CHECK TABLE sbtest1 EXTENDED");
    }

    @Test
    void nginx() {
        Workload nginx = Workloads.nginx();
        goesBackAndOpensAsAClone(nginx, new Page());
    }

    @Test
    void python() {
        goesBackAndOpensAsAClone(Workloads.python(), new Page());
    }

    private static String sql(Subject subject, String statement) {
        return inside(subject, "mariadb", "--socket=/tmp/db.sock", "bench", "--execute", statement);
    }

    /** Its only state is in its memory: how many of its objects were replaced, some more with each request. */
    @Test
    void jvm() {
        try (Cleanup cleanup = new Cleanup()) {
            Workload workload = Workloads.jvm(cleanup);
            Subject subject = Subject.start(workload, cleanup);
            bench.watch(subject.name(), EACH);
            long before;
            long between;
            String point;
            try (Cleanup load = new Cleanup()) {
                workload.load().orElseThrow().start(subject.address(), load);
                long first = replaced(subject.address());
                await().atMost(LIMIT).until(() -> replaced(subject.address()) > first + 1000);
                before = replaced(subject.address());
                point = bench.capture(subject.name()).getHeader().getPoint();
                between = replaced(subject.address());
                await().atMost(LIMIT).until(() -> replaced(subject.address()) > between + 1000);
            }
            long after = replaced(subject.address());

            bench.restoreWhole(subject.name(), point, news -> {});

            awaitAnswer(workload, subject.address());
            assertThat(replaced(subject.address()))
                    .isBetween(before, between + SOME)
                    .isLessThan(after);
            String clone = clone(subject, point, cleanup);
            awaitAnswer(workload, clone);
            assertThat(replaced(clone)).isBetween(before, between + SOME);
        }
    }

    private static long replaced(String address) {
        return Long.parseLong(page(address, "/"));
    }
}
