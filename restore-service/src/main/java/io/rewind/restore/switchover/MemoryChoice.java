package io.rewind.restore.switchover;

import java.util.OptionalInt;

/**
 * When a started container gets its memory, and from where.
 *
 * @param late whether it comes after the start
 * @param port of a page server on this host's loopback that has what comes late; else the images have it
 */
record MemoryChoice(boolean late, OptionalInt port) {
    static MemoryChoice fromImages(boolean late) {
        return new MemoryChoice(late, OptionalInt.empty());
    }

    static MemoryChoice served(OptionalInt port) {
        return new MemoryChoice(true, port);
    }
}
