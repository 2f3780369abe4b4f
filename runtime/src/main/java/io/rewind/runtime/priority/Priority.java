package io.rewind.runtime.priority;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of the threads of this process: all step back by one nice value, but for those for which somebody stands still or
 * waits. One for the process, since its threads have one kernel. Thread-safe.
 */
public final class Priority {
    private static final Logger log = LoggerFactory.getLogger(Priority.class);

    /** While one of these works every thread of the JVM stands still, also one that must not wait. */
    private static final List<String> STOP_THE_WORLD = List.of("VM Thread", "GC Thread", "G1 Main", "VM Periodic");

    private static final Priority PROCESS = new Priority();

    private final Set<Integer> first = new HashSet<>();
    /** What the process was started with. */
    private int usual;
    /** Above that where threads step back. */
    private int nice;

    private int allFirst;

    private Priority() {}

    /** Until closed, by whoever got it. */
    public interface Raised extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lowers every thread that there is, and with it whatever those start. To be called once, early.
     *
     * @param nice up to 19; what is not above the value that the process was started with changes nothing
     * @return whether it was done: where a thread may not come back (no CAP_SYS_NICE), none steps back
     */
    public static boolean stepBack(int nice) {
        return PROCESS.lower(nice);
    }

    /** The calling thread, a platform thread, and what it starts meanwhile: no step back. */
    public static Raised thread() {
        int thread = Nice.thread();
        PROCESS.put(thread, true);
        return () -> PROCESS.put(thread, false);
    }

    /** All threads. */
    public static Raised process() {
        PROCESS.all(1);
        return () -> PROCESS.all(-1);
    }

    /** All threads as if there had been no step back; for whoever shares the process with others. */
    static void reset() {
        PROCESS.forget();
    }

    private synchronized void forget() {
        nice = usual;
        apply();
    }

    private synchronized boolean lower(int wanted) {
        int thread = Nice.thread();
        usual = Nice.of(thread);
        if (wanted <= usual) {
            return false;
        }
        if (!(Nice.set(thread, wanted) && Nice.set(thread, usual))) {
            log.warn("this process lacks CAP_SYS_NICE, and so does not step back behind the containers");
            return false;
        }
        nice = wanted;
        apply();
        return true;
    }

    private boolean stepsBack() {
        return nice > usual;
    }

    private synchronized void put(int thread, boolean raised) {
        boolean changed = raised ? first.add(thread) : first.remove(thread);
        if (changed && stepsBack()) {
            boolean _ = Nice.set(thread, raised || allFirst > 0 ? usual : nice);
            group();
        }
    }

    private synchronized void all(int more) {
        allFirst += more;
        if (stepsBack() && (allFirst == 0 || allFirst == more)) {
            apply();
        }
    }

    private void apply() {
        for (int thread : Nice.threads()) {
            boolean raised = allFirst > 0
                    || first.contains(thread)
                    || STOP_THE_WORLD.stream().anyMatch(Nice.name(thread)::startsWith);
            boolean _ = Nice.set(thread, raised ? usual : nice);
        }
        group();
    }

    private void group() {
        SessionGroup.nice(first.isEmpty() && allFirst == 0 ? nice : usual);
    }
}
