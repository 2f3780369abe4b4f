package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.capture.docker.Container;
import io.rewind.capture.stand.Stand;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.TaskTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which waiting calls a freeze ends. README names them; a newer CRIU or kernel may spare more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedCallsIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One process a call, which says in /t/in.NAME that it is about to wait, and in /t/out.NAME why it no longer does. */
    private static final String PROGRAM = """
            mkdir '/t';
            my ($hour, $later) = (pack('qq', 3600, 0), pack('qq', 1 << 40, 0));
            my ($word, $events, $set) = (pack('l', 0), "\\0" x 12, "\\0" x 16);
            pipe(my $end, my $other);
            my %calls = (
                nanosleep => [35, $hour, 0],
                clock_nanosleep => [230, 1, 0, $hour, 0],
                'clock_nanosleep-absolute' => [230, 1, 1, $later, 0],
                poll => [7, 0, 0, 3600000],
                epoll_wait => [232, syscall(291, 0), $events, 1, 3600000],
                select => [23, 0, 0, 0, 0, $hour],
                'futex-timed' => [202, $word, 0, 0, $hour],
                futex => [202, $word, 0, 0, 0],
                pause => [34],
                read => [0, fileno($end), $events, 1],
            );
            for my $name (keys %calls) {
                next if fork;
                say("in.$name", "$$ $calls{$name}[0]");
                my $r = syscall(shift @{$calls{$name}}, @{$calls{$name}});
                say("out.$name", $r < 0 ? "$!" : "done");
                sleep 1000 while 1;
            }
            sleep 1000 while 1;
            sub say { open(my $o, '>', '/t/new'.$$); print $o $_[1]; close $o; rename('/t/new'.$$, "/t/$_[0]") }
            """;

    @AutoClose
    private final Stand stand = new Stand();

    @Test
    void whatSignalsInterruptWithoutRestart() throws IOException {
        Container container = stand.start("calls", List.of(), Stand.PERL, "perl", "-e", PROGRAM);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(said(container, "in.")).hasSize(10);
            assertWaiting(container, Set.of());
        });
        assertThat(said(container, "out.")).isEmpty();

        try (Window window = stand.freezer().freeze(container, LIMIT)) {
            window.release();
        }

        Set<String> ended = Set.of("nanosleep", "clock_nanosleep", "poll", "epoll_wait", "futex-timed");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(said(container, "out.").keySet()).isEqualTo(ended));
        assertThat(said(container, "out.").values()).containsOnly("Interrupted system call");
        assertWaiting(container, ended);
    }

    /** What /t/in.NAME holds: the pid in the container, and the number of the system call. */
    private static void assertWaiting(Container container, Set<String> except) throws IOException {
        Map<Integer, ProcessKey> processes = TaskTree.below(container.pid()).byInnerPid();
        for (Map.Entry<String, String> call : said(container, "in.").entrySet()) {
            if (!except.contains(call.getKey())) {
                String[] words = call.getValue().split(" ");
                ProcessKey process = Objects.requireNonNull(processes.get(Integer.valueOf(words[0])));
                assertThat(Files.readString(Path.of("/proc", Integer.toString(process.pid()), "syscall")))
                        .as(call.getKey())
                        .startsWith(words[1] + " ");
            }
        }
    }

    private static Map<String, String> said(Container container, String prefix) throws IOException {
        Map<String, String> said = new TreeMap<>();
        Path folder = Path.of("/proc", Integer.toString(container.pid()), "root/t");
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
                for (Path file : files) {
                    said.put(String.valueOf(file.getFileName()).substring(prefix.length()), Files.readString(file));
                }
            }
        }
        return said;
    }
}
