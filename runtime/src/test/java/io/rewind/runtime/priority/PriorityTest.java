package io.rewind.runtime.priority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the threads of this very process. */
class PriorityTest {
    private static final int BACK = 7;

    private final int usual = Nice.of(Nice.thread());
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeEach
    void stepBack() {
        assumeTrue(usual < BACK, "this process is nice already");
        assumeTrue(Priority.stepBack(BACK), "no CAP_SYS_NICE");
    }

    @AfterEach
    void stepForward() {
        over.countDown();
        Priority.reset();
    }

    @Test
    void stepBack_lowersWhatRunsAndWhatIsStartedLater() throws Exception {
        assertThat(Nice.of(Nice.thread())).isEqualTo(BACK);
        assertThat(Nice.of(started())).isEqualTo(BACK);
    }

    @Test
    void stepBack_leavesTheThreadsThatStopTheWorld() {
        assertThat(Nice.threads())
                .filteredOn(thread -> Nice.name(thread).equals("VM Thread"))
                .singleElement()
                .satisfies(thread -> assertThat(Nice.of(thread)).isEqualTo(usual));
    }

    @Test
    void thread_isRaisedAloneUntilClosed() throws Exception {
        int other = started();
        try (Priority.Raised _ = Priority.thread()) {
            assertThat(Nice.of(Nice.thread())).isEqualTo(usual);
            assertThat(Nice.of(other)).isEqualTo(BACK);
        }
        assertThat(Nice.of(Nice.thread())).isEqualTo(BACK);
    }

    @Test
    void thread_handsItsPriorityToAProgramThatItStarts() throws Exception {
        try (Priority.Raised _ = Priority.thread()) {
            assertThat(niceOfAProgram()).isEqualTo(usual);
        }
        assertThat(niceOfAProgram()).isEqualTo(BACK);
    }

    @Test
    void process_isRaisedUntilTheLastHasClosed() throws Exception {
        int other = started();
        Priority.Raised one = Priority.process();
        Priority.Raised two = Priority.process();
        one.close();
        assertThat(Nice.of(other)).isEqualTo(usual);
        two.close();
        assertThat(Nice.of(other)).isEqualTo(BACK);
    }

    @Test
    void thread_staysRaisedWhenTheProcessStepsBackAgain() {
        try (Priority.Raised _ = Priority.thread()) {
            Priority.process().close();
            assertThat(Nice.of(Nice.thread())).isEqualTo(usual);
        }
    }

    /** A thread that lives until the test is over. */
    private int started() throws InterruptedException, ExecutionException {
        CompletableFuture<Integer> id = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            id.complete(Nice.thread());
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return id.get();
    }

    private static int niceOfAProgram() throws IOException, InterruptedException {
        Process nice = new ProcessBuilder("nice").start();
        String said = new String(nice.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(nice.waitFor()).isZero();
        return Integer.parseInt(said.strip());
    }
}
