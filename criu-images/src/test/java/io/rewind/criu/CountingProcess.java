package io.rewind.criu;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process of two with a state that goes on only when told: 2 MiB of private memory, 64 KiB shared, a counter, and
 * a child. Each step changes the private memory and replaces the report: the counter in decimal, a line feed, all
 * memory. Two reports of one count are equal if and only if no byte of memory was lost.
 */
final class CountingProcess {
    private static final String PROGRAM = """
            use POSIX ();
            POSIX::setsid();
            my ($report) = @ARGV;
            $SIG{CHLD} = 'IGNORE';
            my ($x, $private) = (42, '');
            for (1 .. 524288) { $x = ($x * 1103515245 + 12345) & 0x7fffffff; $private .= pack('N', $x); }
            my $shared = syscall(9, 0, 65536, 3, 0x21, -1, 0);
            open(my $random, '<', '/dev/urandom');
            syscall(0, fileno($random), $shared, 65536);
            close($random);
            if (!fork()) { sleep(1000) while 1; }
            my $n = 0;
            my $say = sub {
                open(my $out, '>', "$report.new");
                binmode($out);
                syswrite($out, "$n\\n");
                syswrite($out, $private);
                syscall(1, fileno($out), $shared, 65536);
                close($out);
                rename("$report.new", $report);
            };
            $SIG{USR1} = sub {
                $n++;
                substr($private, ($n * 131071) % 2000000, 4) = pack('N', $n * 7919);
                $say->();
            };
            $say->();
            sleep(1000) while 1;
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path report;
    private final Process first;

    private CountingProcess(Path report, Process first) {
        this.report = report;
        this.first = first;
    }

    static CountingProcess start(Path folder) throws IOException {
        Path report = folder.resolve("report");
        ProcessBuilder builder = new ProcessBuilder("perl", "-e", PROGRAM, report.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        CountingProcess process = new CountingProcess(report, builder.start());
        process.awaitReport(0);
        return process;
    }

    long pid() {
        return first.pid();
    }

    /** Makes it count once and returns its report, which has to be of that count. */
    byte[] step(int count) throws IOException, InterruptedException {
        Files.delete(report);
        new ProcessBuilder("kill", "-USR1", Long.toString(pid())).start().waitFor();
        return awaitReport(count);
    }

    /** Ends the process of that id if it is one of these. */
    void kill(long pid) {
        if (alive(pid)) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            await().atMost(PATIENCE).until(() -> !Files.exists(proc(pid)) || !alive(pid));
        }
    }

    /** Waits until the id is free again, so that a restore can use it. */
    static void awaitGone(long pid) {
        await().atMost(PATIENCE).until(() -> !Files.exists(proc(pid)));
    }

    private byte[] awaitReport(int count) throws IOException {
        await().atMost(PATIENCE).until(() -> Files.exists(report));
        byte[] bytes = Files.readAllBytes(report);
        String start = new String(bytes, 0, Math.min(16, bytes.length), StandardCharsets.ISO_8859_1);
        if (!start.startsWith(count + "\n")) {
            throw new AssertionError("expected a report of count " + count + ", found " + start.split("\n")[0]);
        }
        return bytes;
    }

    /** A zombie has no command line left. */
    private boolean alive(long pid) {
        try {
            return Files.readString(proc(pid).resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .contains(report.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
