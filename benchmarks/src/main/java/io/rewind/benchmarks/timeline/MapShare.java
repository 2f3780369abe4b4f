package io.rewind.benchmarks.timeline;

import io.rewind.benchmarks.speed.Capture;
import io.rewind.benchmarks.speed.Encoding;
import io.rewind.benchmarks.speed.Material;
import io.rewind.benchmarks.speed.StoreStand;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.ingest.PartitionIngest;
import io.rewind.store.timeline.Timelines;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A space of which pages picked at random change from point to point, through encoder and store without a container.
 *
 * @param full bytes stored for the first point
 * @param each for one further point, everything counted
 * @param map of these, of pieces of maps, what merging layers writes anew included
 */
record MapShare(long full, long each, long map) {
    private static final byte[] ALL = {};

    /**
     * @param pages of the space
     * @param share of them that changes from point to point
     * @param changed bytes of each of these that become noise
     * @param points after the first
     */
    static MapShare of(int pages, double share, int changed, int points) throws IOException {
        SplittableRandom random = new SplittableRandom(changed);
        byte[] space = Material.pages(1, pages);
        try (StoreStand stand = new StoreStand();
                Database database = stand.open();
                Encoding encoding = new Encoding(stand.folder())) {
            Run run = new Run(encoding, stand.intake(database));
            run.take(space, IntStream.range(0, pages).toArray());
            long full = stored(database, 0);
            long maps = maps(database);
            long each = 0;
            for (int point = 1; point <= points; point++) {
                int[] some = random.ints(0, pages)
                        .distinct()
                        .limit(Math.round(pages * share))
                        .sorted()
                        .toArray();
                for (int page : some) {
                    touch(space, page, changed, random);
                }
                run.take(space, some);
                each += stored(database, point);
            }
            return new MapShare(full, each / points, (maps(database) - maps) / points);
        }
    }

    private static void touch(byte[] space, int page, int bytes, SplittableRandom random) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        int at = page * Block.SIZE + random.nextInt(Block.SIZE / bytes) * bytes;
        System.arraycopy(noise, 0, space, at, bytes);
    }

    private static long stored(Database database, int point) {
        return new Timelines(database)
                .committed(new TimelineId(Capture.TIMELINE), new PointId(Capture.point(point)))
                .orElseThrow()
                .committed()
                .getStoredBytes();
    }

    private static long maps(Database database) {
        long[] bytes = {0};
        database.scan(Family.NODES, ALL, (key, value) -> {
            bytes[0] += key.length + value.length;
            return true;
        });
        return bytes[0];
    }

    double share() {
        return (double) map / each;
    }

    /** From point to point. */
    private static final class Run {
        private final Capture capture = new Capture();
        private final Encoding encoding;
        private final PartitionIngest ingest;
        private long offset;

        Run(Encoding encoding, PartitionIngest ingest) {
            this.encoding = encoding;
            this.ingest = ingest;
        }

        /** @param some the pages that are sent */
        void take(byte[] space, int[] some) {
            encoding.take(capture.add(space, some));
            capture.forget();
            for (byte[] value : encoding.drain()) {
                ingest.accept(StoreStand.record(offset++, value));
            }
            var _ = ingest.settle();
        }
    }
}
