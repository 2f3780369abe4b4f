package io.rewind.store.ingest;

import io.rewind.event.PointMapPart;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.timeline.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Map parts whose point has not come yet, in the database: a crash loses none. Bounded in bytes; where the bound is
 * reached the pending point touched longest ago is dropped, and rejected if it comes after all.
 */
final class StagedParts {
    /** Before the bytes stored for a timeline's next point; no timeline begins with it. */
    private static final byte TALLY = '#';

    private record Pending(TimelineId timeline, PointId point) {}

    private final Database database;
    private final long limit;
    private final Map<Pending, Long> sizes = new LinkedHashMap<>();
    private long bytes;

    /** @param limit bytes of parts waiting in this partition */
    StagedParts(Database database, long limit) {
        this.database = database;
        this.limit = limit;
        recount();
    }

    /** Counts anew what waits: a batch that was not written leaves the count wrong. */
    void recount() {
        sizes.clear();
        bytes = 0;
        database.scan(Family.STAGED, new byte[0], (key, value) -> {
            if (key[0] != TALLY) {
                grow(pendingOf(key), value.length);
            }
            return true;
        });
    }

    private static Pending pendingOf(byte[] key) {
        String text = new String(key, 0, key.length - 1 - Keys.PART_BYTES, StandardCharsets.US_ASCII);
        int zero = text.indexOf('\0');
        return new Pending(new TimelineId(text.substring(0, zero)), new PointId(text.substring(zero + 1)));
    }

    private void grow(Pending pending, long by) {
        long before = Optional.ofNullable(sizes.remove(pending)).orElse(0L);
        sizes.put(pending, before + by);
        bytes += by;
    }

    void put(TimelineId timeline, PointId point, PointMapPart part, byte[] record, Commit batch) {
        byte[] key = Keys.part(timeline, point, part.getEncoding(), part.getPart());
        long replaced = database.get(Family.STAGED, key).map(old -> old.length).orElse(0);
        Pending pending = new Pending(timeline, point);
        grow(pending, record.length - replaced);
        batch.put(Family.STAGED, key, record);
        while (bytes > limit && sizes.size() > 1) {
            drop(sizes.keySet().iterator().next(), batch);
        }
    }

    Optional<PointMapPart> get(TimelineId timeline, PointId point, long encoding, int part) {
        return database.get(Family.STAGED, Keys.part(timeline, point, encoding, part))
                .map(record -> Wire.decode(record, PointMapPart.class));
    }

    /** The point has been decided; what its timeline left unfinished before it will not come any more. */
    void dropUpTo(TimelineId timeline, PointId point, Commit batch) {
        sizes.keySet().stream()
                .filter(p -> p.timeline.equals(timeline) && p.point.compareTo(point) <= 0)
                .toList()
                .forEach(p -> drop(p, batch));
    }

    private void drop(Pending pending, Commit batch) {
        bytes -= Optional.ofNullable(sizes.remove(pending)).orElse(0L);
        database.scan(Family.STAGED, Keys.parts(pending.timeline, pending.point), (key, _) -> {
            batch.delete(Family.STAGED, key);
            return true;
        });
    }

    /** Counts bytes stored ahead of the timeline's next point. */
    void tally(TimelineId timeline, long more, Commit batch) {
        batch.put(
                Family.STAGED,
                tallyKey(timeline),
                ByteBuffer.allocate(Long.BYTES).putLong(tally(timeline) + more).array());
    }

    long tally(TimelineId timeline) {
        return database.get(Family.STAGED, tallyKey(timeline))
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
    }

    void clearTally(TimelineId timeline, Commit batch) {
        batch.delete(Family.STAGED, tallyKey(timeline));
    }

    private static byte[] tallyKey(TimelineId timeline) {
        byte[] id = Keys.timeline(timeline);
        return ByteBuffer.allocate(1 + id.length).put(TALLY).put(id).array();
    }
}
