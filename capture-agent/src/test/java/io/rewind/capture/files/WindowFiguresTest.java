package io.rewind.capture.files;

import io.rewind.capture.staging.Staging;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processor time that files take in the window, by number of files, beside that of a whole pass over the tree. */
@EnabledIfSystemProperty(named = "rewind.figures", matches = "true", disabledReason = "prints figures, proves nothing")
class WindowFiguresTest {
    private static final int TIMES = 15;
    private static final int A_DIRECTORY = 100;

    @TempDir
    private Path tree = Path.of("");

    @TempDir
    private Path spool = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000, 100_000})
    void windows(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Path directory = Files.createDirectories(tree.resolve("d" + i / A_DIRECTORY));
            Files.writeString(directory.resolve("file-" + i), "content " + i);
        }
        long[] pass = new long[TIMES];
        long[] again = new long[TIMES];
        KnownTree known = captured(KnownTree.EMPTY);
        for (int i = 0; i < TIMES; i++) {
            // Read once more when the times are old enough to be trusted.
            known = captured(known);
            try (Staging staging = new Staging(spool, 64 << 20, 0);
                    TreeCapture whole = new TreeCapture(tree, known, staging);
                    TreeCapture ahead = new TreeCapture(tree, known, staging)) {
                pass[i] = micros(() -> {
                    whole.inWindow(Set.of());
                    whole.delta();
                });
                ahead.lookAhead(Set.of());
                again[i] = micros(() -> ahead.inWindow(Set.of()));
            }
        }
        System.out.printf(
                Locale.ROOT, "| %,d files | whole pass %,d µs | again %,d µs |%n", files, median(pass), median(again));
    }

    private KnownTree captured(KnownTree before) {
        try (Staging staging = new Staging(spool, 64 << 20, 0);
                TreeCapture capture = new TreeCapture(tree, before, staging)) {
            capture.lookAhead(Set.of());
            capture.inWindow(Set.of());
            return capture.delta().after();
        }
    }

    private static long micros(Runnable work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1000;
    }

    private static long median(long[] times) {
        return Arrays.stream(times).sorted().skip(times.length / 2).findFirst().orElseThrow();
    }
}
