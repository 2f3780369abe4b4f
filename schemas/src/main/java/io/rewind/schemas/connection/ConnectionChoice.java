package io.rewind.schemas.connection;

/**
 * What becomes of a container's TCP connections when a point is put back. A label says it, {@code close} or {@code keep};
 * it is asked when a point is captured and when it is put back.
 */
public enum ConnectionChoice {
    /** They come back closed, and clients connect again. */
    CLOSE("tcp-close"),
    /**
     * They come back as they were. Those go on whose both ends are in the container; the other end of any other one has
     * gone on since, and the two find out that they do not agree.
     */
    KEEP("tcp-established");

    public static final String LABEL = "rewind.connections";

    private final String criuOption;

    ConnectionChoice(String criuOption) {
        this.criuOption = criuOption;
    }

    /** @param label its value; "" where there is none. Whatever is not {@code keep} closes */
    public static ConnectionChoice of(String label) {
        return label.strip().equals("keep") ? KEEP : CLOSE;
    }

    /** CRIU's for a dump, without dashes; one that keeps can be restored either way. */
    public String criuOption() {
        return criuOption;
    }
}
