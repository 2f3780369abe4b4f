package io.rewind.cli.stand;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be undone, last first; once, whether the end is regular, a failure, or Ctrl-C. */
public final class Cleanup implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private boolean undone;
    private final Thread hook = Thread.ofPlatform().name("cleanup").unstarted(this::undo);

    public Cleanup() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** To be called before the thing is made: what may be half made is undone, too. */
    public synchronized void add(Runnable step) {
        steps.push(step);
    }

    /**
     * Makes something that cannot be interrupted half-way: an end that comes meanwhile waits for it, and undoes it.
     *
     * @throws IllegalStateException when the end has come already
     */
    public synchronized void make(Runnable making, Runnable undoing) {
        if (undone) {
            throw new IllegalStateException("the end has come");
        }
        steps.push(undoing);
        making.run();
    }

    private synchronized void undo() {
        undone = true;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException e) {
                // The other steps still count.
                System.err.println("rewind: left behind: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        undo();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out: the hook has run or finds nothing left.
        }
    }
}
