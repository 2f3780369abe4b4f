package io.rewind.capture.hook;

import io.rewind.capture.CaptureFault;
import io.rewind.capture.docker.Container;
import io.rewind.capture.docker.Engine;
import io.rewind.capture.docker.Execution;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work between a container's hooks. Thread-safe. */
public final class HookedWork {
    /** Something to do with a container. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Hears of hooks that failed. */
    @FunctionalInterface
    public interface Listener {
        void failed(String container);
    }

    private static final Logger log = LoggerFactory.getLogger(HookedWork.class);
    private static final int SHOWN = 200;

    private final Engine engine;
    private final Duration limit;
    private final Listener listener;

    /** @param limit of each hook; it is killed then */
    public HookedWork(Engine engine, Duration limit, Listener listener) {
        this.engine = engine;
        this.limit = limit;
        this.listener = listener;
    }

    /**
     * The hook before, the work, the hook after; the last one on every path, also when the first one failed half-way.
     * That it failed is said, and does not undo the work.
     *
     * @throws Fault HOOK_FAILED: the one before failed, and without it the container is not to be captured
     */
    public <T> T run(Container container, Work<T> work) throws InterruptedException {
        Hooks hooks = Hooks.of(container.labels());
        try {
            Optional<String> failure = hooks.before().flatMap(command -> failure(container, Hooks.BEFORE, command));
            if (failure.isPresent() && hooks.required()) {
                throw new Fault(
                        CaptureFault.HOOK_FAILED,
                        Severity.RETRYABLE,
                        failure.get() + "; the label " + Hooks.REQUIRED + "=false captures without it");
            }
            return work.run();
        } finally {
            hooks.after().ifPresent(command -> failure(container, Hooks.AFTER, command));
        }
    }

    private Optional<String> failure(Container container, String hook, String command) {
        Optional<String> why =
                attempt(container, command).map(reason -> hook + " of " + container.name() + " " + reason);
        why.ifPresent(sentence -> {
            log.warn("{}", sentence);
            listener.failed(container.name());
        });
        return why;
    }

    private Optional<String> attempt(Container container, String command) {
        try {
            Execution ended = engine.exec(container.id(), command, limit);
            if (!ended.inTime()) {
                return Optional.of("was killed after " + limit.toMillis() + " ms");
            }
            return ended.exit() == 0
                    ? Optional.empty()
                    : Optional.of("ended with " + ended.exit() + ": " + shown(ended.output()));
        } catch (Fault e) {
            return Optional.of("could not be run: " + e.sentence());
        }
    }

    private static String shown(String output) {
        String line = output.strip().replaceAll("\\s+", " ");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
