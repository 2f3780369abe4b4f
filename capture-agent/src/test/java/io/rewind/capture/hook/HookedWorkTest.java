package io.rewind.capture.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.docker.Execution;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HookedWorkTest {
    private static final Execution WELL = new Execution(true, 0, "");

    private final List<String> order = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final HookedWork hooked = new HookedWork(new Scripted(), Duration.ofMillis(1500), failed::add);
    private Execution before = WELL;
    private Execution after = WELL;

    @Test
    void theLastHookRunsOnEveryPath() throws InterruptedException {
        assertThat(hooked.run(container(Map.of()), () -> order.add("work"))).isTrue();
        assertThatThrownBy(() -> hooked.run(container(Map.of()), () -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        before = new Execution(true, 1, "half done");
        assertThatThrownBy(() -> hooked.run(container(Map.of()), () -> order.add("never")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(CaptureFault.HOOK_FAILED))
                .hasMessageContaining("half done");
        assertThat(order).containsExactly("B", "work", "A", "B", "A", "B", "A");
        assertThat(failed).containsExactly("web");
    }

    @Test
    void whatWasDoneIsNotLostWhenItFails() throws InterruptedException {
        after = new Execution(false, -1, "");
        assertThat(hooked.run(container(Map.of()), () -> "point")).isEqualTo("point");
        assertThat(failed).containsExactly("web");
    }

    @Test
    void withoutTheFirstHookOnlyWhereItsLabelAllowsIt() throws InterruptedException {
        before = new Execution(false, -1, "");
        assertThatThrownBy(() -> hooked.run(container(Map.of(Hooks.REQUIRED, "yes")), () -> "never"))
                .hasMessageContaining("killed after 1500 ms");
        assertThat(hooked.run(container(Map.of(Hooks.REQUIRED, "false")), () -> "point"))
                .isEqualTo("point");
    }

    @Test
    void withoutLabelsNothingIsRun() throws InterruptedException {
        Container plain = new Container("i", "web", "m", 1, true, false, false, "s", "default", Map.of(), "{}");
        hooked.run(plain, () -> order.add("work"));
        assertThat(order).containsExactly("work");
    }

    private static Container container(Map<String, String> more) {
        Map<String, String> labels = new HashMap<>(more);
        labels.put(Hooks.BEFORE, "B");
        labels.put(Hooks.AFTER, "A");
        return new Container("i", "web", "m", 1, true, false, false, "s", "default", labels, "{}");
    }

    /** Ends commands as the test says. */
    private final class Scripted implements Engine {
        @Override
        public Execution exec(String container, String command, Duration limit) {
            order.add(command);
            return command.equals("B") ? before : after;
        }

        @Override
        public List<String> running() {
            return List.of();
        }

        @Override
        public Optional<Container> inspect(String nameOrId) {
            return Optional.empty();
        }

        @Override
        public AutoCloseable events(Consumer<String> changed, Runnable lost) {
            throw new Fault(CaptureFault.ENGINE_UNREACHABLE, Severity.RETRYABLE, "no events here");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
