package io.rewind.cli.simulation;

/** Ends a process in the middle of whatever it writes or sends. */
final class Fuse {
    private static final int OUT = -1;

    private int left = OUT;

    /** The process is gone: nothing of it goes on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** The process ends after so many more writes and sends. */
    void light(int touches) {
        left = touches;
    }

    void putOut() {
        left = OUT;
    }

    /** Before each of them. @throws Killed */
    void burn() {
        if (left != OUT && left-- == 0) {
            throw new Killed();
        }
    }
}
