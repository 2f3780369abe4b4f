package io.rewind.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TaskTreeTest {
    private static final int PID = (int) ProcessHandle.current().pid();

    @Test
    void threadsThatEndWhileItLooksAreNoReasonToFail() throws IOException, InterruptedException {
        Thread starter = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.ofPlatform().start(() -> {});
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(TaskTree.below(PID).byInnerPid().values())
                        .extracting(ProcessKey::pid)
                        .contains(PID);
            }
        } finally {
            starter.interrupt();
            starter.join();
        }
    }
}
