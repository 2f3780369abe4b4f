package io.rewind.restore.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShimsTest {
    private static final String CONTAINER = "shims-test-of-no-container";

    @Test
    void whatCleansUpAfterAContainerIsWaitedFor() throws Exception {
        Process shim = new ProcessBuilder("sh", "-c", "read _", "containerd-shim-runc-v2", "-id", CONTAINER).start();
        Thread waiting = new Thread(() -> Shims.awaitGone(CONTAINER));

        waiting.start();

        await().atMost(Duration.ofSeconds(10)).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        shim.getOutputStream().close();
        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(shim.isAlive()).isFalse();
    }
}
