package io.rewind.store.ingest;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.metrics.StoreMetrics;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops records before the disk is full: what is left is for announcing, for letting points go and for compactions,
 * without which no room would ever come back. Records wait in the topic.
 */
public final class Room {
    private static final Logger log = LoggerFactory.getLogger(Room.class);

    private final LongSupplier free;
    private final long reserve;
    private final StoreMetrics metrics;
    private boolean full;

    /**
     * @param free bytes
     * @param reserve bytes that are not for records
     */
    public Room(LongSupplier free, long reserve, StoreMetrics metrics) {
        this.free = free;
        this.reserve = reserve;
        this.metrics = metrics;
    }

    public static Room on(Path folder, long reserve, StoreMetrics metrics) {
        return new Room(() -> folder.toFile().getUsableSpace(), reserve, metrics);
    }

    /** @throws Fault RETRYABLE STORE_FULL */
    void require() {
        long left = free.getAsLong();
        boolean now = left < reserve;
        if (now != full) {
            full = now;
            metrics.full(now);
            if (now) {
                log.error("the disk is full: {} bytes are left; records wait until there is room", left);
            } else {
                log.info("there is room on the disk again");
            }
        }
        if (now) {
            throw new Fault(
                    StoreFault.STORE_FULL,
                    Severity.RETRYABLE,
                    "the disk is full (" + left + " bytes left, " + reserve + " are kept free); make room, or lower"
                            + " rewind.store.limit");
        }
    }
}
