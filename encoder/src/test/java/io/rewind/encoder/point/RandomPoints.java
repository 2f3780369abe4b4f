package io.rewind.encoder.point;

import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded points of every kind of change; pages repeat, across points as well, and some are zero. */
final class RandomPoints {
    private final Random random;
    private final byte[][] pool = new byte[300][Block.SIZE];

    RandomPoints(long seed) {
        random = new Random(seed);
        for (int i = 1; i < pool.length; i++) {
            random.nextBytes(pool[i]);
        }
    }

    PointScript next(String timeline, String point) {
        PointScript script = new PointScript(timeline, point);
        int records = 1 + random.nextInt(12);
        for (int i = 0; i < records; i++) {
            switch (random.nextInt(6)) {
                case 0 -> script.file("", "f" + i, content(random.nextInt(5 * Block.SIZE)));
                case 1 -> script.file("/data", "f" + i, content(random.nextInt(5 * Block.SIZE)));
                case 2 -> script.gone("gone" + i);
                case 3 ->
                    script.image("core-" + i + ".img", content(1 + random.nextInt(9 * Block.SIZE)), 2 * Block.SIZE);
                default -> pages(script);
            }
        }
        return script;
    }

    private void pages(PointScript script) {
        List<Run> removed = new ArrayList<>();
        List<Run> written = new ArrayList<>();
        long page = random.nextInt(1000);
        int total = 0;
        for (int i = random.nextInt(20); i >= 0; i--) {
            int count = 1 + random.nextInt(8);
            if (random.nextInt(4) == 0) {
                removed.add(new Run(page, count));
            } else {
                written.add(new Run(page, count));
                total += count;
            }
            page += count + random.nextInt(3);
        }
        script.pages("space-" + random.nextInt(3), removed, written, content(total * Block.SIZE));
    }

    private byte[] content(int size) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; at += Block.SIZE) {
            byte[] block = pool[random.nextInt(pool.length) * random.nextInt(2)];
            System.arraycopy(block, 0, content, at, Math.min(Block.SIZE, size - at));
        }
        return content;
    }
}
