package io.rewind.restore.compare;

import io.rewind.restore.look.Entry;

/**
 * A file of one of the points that is not the same in the other.
 *
 * @param entry as it is after, or was before where it is gone
 * @param bytesBefore its size; 0 where it was not there
 * @param bytesAfter its size; 0 where it is gone
 */
public record FileDifference(Kind kind, Entry entry, long bytesBefore, long bytesAfter) {
    /** What happened to a file. */
    public enum Kind {
        /** New, or changed for the first time since the image was made. */
        ADDED,
        /** Other content, or something else altogether. */
        CHANGED,
        /** Other owner, mode or attributes, same content. */
        DESCRIBED,
        /** Written or touched, same content. */
        TOUCHED,
        REMOVED
    }
}
