package io.rewind.capture.freeze;

import io.rewind.capture.tracker.FrozenSpace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A container standing still, from the first stopped task to {@link #release()}. */
public interface Window extends AutoCloseable {
    /** Wall-clock time at which the first task was seen stopped. */
    Instant frozenAt();

    /** Every address space and shared memory segment. */
    List<FrozenSpace> spaces();

    /**
     * Lets the container run on and waits until CRIU has finished.
     *
     * @return nanoseconds the container stood still
     * @throws io.rewind.runtime.fault.Fault FREEZE_LIMIT when it ran before all was read: what was read is worthless;
     *     DUMP_FAILED
     */
    long release();

    /** CRIU's images, complete after {@link #release()}, and {@code descriptors.json}. */
    Path images();

    /** Releases what is still frozen and deletes the images. */
    @Override
    void close();
}
