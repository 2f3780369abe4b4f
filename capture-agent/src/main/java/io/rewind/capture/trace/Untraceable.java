package io.rewind.capture.trace;

/** A process cannot be made to report what it writes; the message says why. It runs on as before. */
public final class Untraceable extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private Untraceable(String why, boolean lasting) {
        super(why);
        this.lasting = lasting;
    }

    /** For as long as the process lives. */
    static Untraceable forGood(String why) {
        return new Untraceable(why, true);
    }

    /** Now; another time it may work. */
    static Untraceable forNow(String why) {
        return new Untraceable(why, false);
    }

    /** Whether it is useless to try again. */
    public boolean isLasting() {
        return lasting;
    }
}
