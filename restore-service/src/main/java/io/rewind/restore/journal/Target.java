package io.rewind.restore.journal;

/**
 * What a restore works on, by names that stay valid over a crash.
 *
 * @param way how the container is switched
 * @param name of the container in the end
 * @param container IN_PLACE: the engine's id. REPLACED: that of the old one. CLONE: empty
 * @param wasRunning whether the old one ran when the restore began
 * @param timeline of the container
 * @param point to go back to
 */
public record Target(Way way, String name, String container, boolean wasRunning, String timeline, String point) {
    /** How a container gets from its present to the point. */
    public enum Way {
        IN_PLACE,
        REPLACED,
        CLONE
    }
}
