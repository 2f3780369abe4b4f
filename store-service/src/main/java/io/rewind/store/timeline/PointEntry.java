package io.rewind.store.timeline;

import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.node.NodeId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a point was decided. What is decided stays: hearing of the point again changes nothing (I4).
 *
 * <pre>
 *   u8   1: committed                      2: rejected              3: expired
 *   16   node that is the map's root       ... Gap, as announced    u64be milliseconds since 1970: when
 *   16   node that is the description                               16, 16: as committed; nothing: collected
 *   ...  PointCommitted, as announced
 * </pre>
 */
public sealed interface PointEntry {
    /** @param spec the engine's description of the container, a node that points share */
    record Committed(NodeId map, NodeId spec, PointCommitted committed) implements PointEntry {}

    record Rejected(Gap gap) implements PointEntry {}

    /**
     * Was committed and has been let go.
     *
     * @param roots map and description, as long as what only they refer to has not been collected
     */
    record Expired(Instant at, Optional<Roots> roots) implements PointEntry {}

    record Roots(NodeId map, NodeId spec) {}

    /** Bytes of a committed entry beside the announcement. */
    int COMMITTED_HEAD = 1 + 2 * NodeId.BYTES;

    default byte[] encode() {
        return switch (this) {
            case Committed(NodeId map, NodeId spec, PointCommitted committed) -> {
                byte[] announced = Wire.encode(committed);
                yield ByteBuffer.allocate(COMMITTED_HEAD + announced.length)
                        .put((byte) 1)
                        .put(map.toBytes())
                        .put(spec.toBytes())
                        .put(announced)
                        .array();
            }
            case Rejected(Gap gap) -> {
                byte[] announced = Wire.encode(gap);
                yield ByteBuffer.allocate(1 + announced.length)
                        .put((byte) 2)
                        .put(announced)
                        .array();
            }
            case Expired(Instant at, Optional<Roots> roots) -> {
                ByteBuffer out = ByteBuffer.allocate(COMMITTED_HEAD + Long.BYTES)
                        .put((byte) 3)
                        .putLong(at.toEpochMilli());
                roots.ifPresent(both -> out.put(both.map.toBytes()).put(both.spec.toBytes()));
                yield Arrays.copyOf(out.array(), out.position());
            }
        };
    }

    static PointEntry decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return switch (in.get()) {
            case 1 -> new Committed(NodeId.read(in), NodeId.read(in), Wire.decode(rest(in), PointCommitted.class));
            case 2 -> new Rejected(Wire.decode(rest(in), Gap.class));
            case 3 -> {
                Instant at = Instant.ofEpochMilli(in.getLong());
                yield new Expired(
                        at,
                        in.hasRemaining()
                                ? Optional.of(new Roots(NodeId.read(in), NodeId.read(in)))
                                : Optional.empty());
            }
            default -> throw StoreFault.STORE_DAMAGED.rejected("a point's entry is of a kind that is not known");
        };
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }
}
