package io.rewind.runtime.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody exchanges a directory for a link to the outside, over and over, while it is opened. */
class I9SwapTest {
    private static final int EACH_OUTCOME = 300;

    private final Scratch scratch = new Scratch();
    private final Path gate = scratch.inside.resolve("gate");
    private final Path parked = scratch.inside.resolve("parked");
    private final Path link = scratch.inside.resolve("link");

    @AfterEach
    void remove() {
        scratch.close();
    }

    @ParameterizedTest
    @EnumSource(Descent.class)
    @Timeout(60)
    void I9_aSwappedDirectoryNeverLeadsOutside(Descent descent) throws Exception {
        Files.createDirectories(gate.resolve("below"));
        Files.createDirectory(scratch.outside.resolve("below"));
        Files.createSymbolicLink(link, scratch.outside);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swapUntil(done));
        int opened = 0;
        int refused = 0;
        try (Directory root = Directory.open(scratch.inside, descent);
                Directory outside = Directory.open(scratch.outside)) {
            long forbidden = outside.stat(PosixPath.of("below")).inode();
            while ((opened < EACH_OUTCOME || refused < EACH_OUTCOME) && !swapping.isDone()) {
                try (Directory below = root.openBeneath(PosixPath.of("gate/below"))) {
                    assertThat(below.stat(Directory.self()).inode()).isNotEqualTo(forbidden);
                    opened++;
                } catch (ErrnoException e) {
                    assertThat(e.isLoop() || e.isNotDirectory() || e.isNoEntry())
                            .as(e.symbol())
                            .isTrue();
                    if (!e.isNoEntry()) {
                        refused++;
                    }
                }
            }
        } finally {
            done.set(true);
            swapping.get(10, TimeUnit.SECONDS);
        }
        assertThat(opened).isGreaterThanOrEqualTo(EACH_OUTCOME);
        assertThat(refused).isGreaterThanOrEqualTo(EACH_OUTCOME);
    }

    private void swapUntil(AtomicBoolean done) {
        try {
            while (!done.get()) {
                Files.move(gate, parked);
                Files.move(link, gate);
                Files.move(gate, link);
                Files.move(parked, gate);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
