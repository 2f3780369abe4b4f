package io.rewind.store;

import io.rewind.event.FileType;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import io.rewind.store.ModelState.Name;
import io.rewind.store.ModelState.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** A random life of a container, point after point: the model's state and the records that say so. */
final class ModelHistory {
    private static final int PAGES = 3000;

    private final Random random;
    private final ModelEncoder encoder;
    private ModelState state = new ModelState();
    private long nextContent = 1;

    ModelHistory(Random random) {
        this.random = random;
        this.encoder = new ModelEncoder(random);
    }

    /** What the encoder knows from now on: what it has stored or referred to since then. */
    void remember(Instant now, Instant since) {
        encoder.remember(now, since);
    }

    ModelState state() {
        return state.copy();
    }

    List<SpecificRecord> full(int point) {
        mutate(false);
        state.streams.forEach((name, stream) -> encoder.changed(name, stream, stream.blocks()));
        return encoder.finish(point, Optional.empty());
    }

    List<SpecificRecord> delta(int point, int parent) {
        mutate(true);
        return encoder.finish(point, Optional.of(parent));
    }

    private void mutate(boolean tell) {
        for (String space : List.of("1", "17", "shmem-3")) {
            memory(new Name(StreamKind.MEMORY, "", space), tell);
        }
        images(tell);
        for (int i = 0; i < 25; i++) {
            file(tell);
        }
    }

    private void memory(Name name, boolean tell) {
        Optional<Stream> before = Optional.ofNullable(state.streams.get(name));
        if (before.isPresent() && random.nextInt(12) == 0) {
            state.remove(name);
            tell(tell, () -> encoder.removed(name));
            return;
        }
        TreeMap<Long, Long> blocks = before.map(Stream::blocks).orElseGet(TreeMap::new);
        TreeMap<Long, Long> changed = new TreeMap<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            long first = random.nextInt(PAGES);
            int kind = random.nextInt(4);
            for (long page = first; page < first + 1 + random.nextInt(300); page++) {
                changed.put(page, kind == 0 ? -1L : kind == 1 ? 0L : content());
            }
        }
        // A space always has a page: one without is removed.
        changed.put((long) PAGES + 999, nextContent++);
        changed.forEach((page, content) -> {
            if (content < 0) {
                blocks.remove(page);
            } else {
                blocks.put(page, content);
            }
        });
        Stream after = new Stream(FileType.FILE, blocks.size(), blocks);
        state.streams.put(name, after);
        tell(tell, () -> encoder.changed(name, after, changed));
    }

    /** Mostly new, now and then what was somewhere at some time. */
    private long content() {
        return random.nextInt(8) == 0 ? random.nextLong(nextContent) : nextContent++;
    }

    private void images(boolean tell) {
        state.names(StreamKind.IMAGE).forEach(state::remove);
        for (int i = random.nextInt(4); i >= 0; i--) {
            Name name = new Name(StreamKind.IMAGE, "", "core-" + i + ".img");
            int blocks = 1 + random.nextInt(5);
            Stream stream =
                    new Stream(FileType.FILE, blocks * (long) Block.SIZE - 1, new TreeMap<>(contents(0, blocks)));
            state.streams.put(name, stream);
            tell(tell, () -> encoder.changed(name, stream, stream.blocks()));
        }
    }

    private Map<Long, Long> contents(long from, long to) {
        TreeMap<Long, Long> blocks = new TreeMap<>();
        for (long block = from; block < to; block++) {
            if (random.nextInt(5) != 0) {
                blocks.put(block, nextContent++);
            }
        }
        return blocks;
    }

    private void file(boolean tell) {
        boolean volume = random.nextInt(4) == 0;
        StreamKind kind = volume ? StreamKind.VOLUME : StreamKind.UPPER;
        String tree = volume ? "/data" : "";
        StringBuilder path = new StringBuilder();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            // Bytes that sort on both sides of the slash.
            path.append(path.isEmpty() ? "" : "/")
                    .append("a")
                    .append(List.of("", "-b", "0", ".x").get(random.nextInt(4)));
            directory(new Name(kind, tree, path.toString()), tell);
        }
        Name name = new Name(kind, tree, (path.isEmpty() ? "" : path + "/") + "f" + random.nextInt(6));
        switch (random.nextInt(8)) {
            case 0 -> remove(new Name(kind, tree, path.toString()), tell);
            case 1 -> remove(name, tell);
            case 2 -> directory(name, tell);
            default -> write(name, tell);
        }
    }

    private void directory(Name name, boolean tell) {
        Stream stream = new Stream(FileType.DIRECTORY, 0, new TreeMap<>());
        Stream before = state.streams.put(name, stream);
        if (before == null || before.type() != FileType.DIRECTORY) {
            tell(tell, () -> encoder.changed(name, stream, new TreeMap<>()));
        }
    }

    private void remove(Name name, boolean tell) {
        state.remove(name);
        tell(tell, () -> encoder.removed(name));
    }

    /** New, longer, shorter, or written within; a directory of that name becomes a file. */
    private void write(Name name, boolean tell) {
        Stream before = state.streams.getOrDefault(name, new Stream(FileType.FILE, 0, new TreeMap<>()));
        state.streams.keySet().removeIf(other -> other.isBelow(name));
        long size = random.nextInt(600 * Block.SIZE);
        long blocks = Block.count(size);
        TreeMap<Long, Long> now = new TreeMap<>(before.blocks().headMap(blocks));
        long from = blocks == 0 ? 0 : random.nextLong(blocks);
        Map<Long, Long> changed = contents(from, Math.min(blocks, from + random.nextInt(300)));
        now.putAll(changed);
        if (blocks > 3 && random.nextInt(3) == 0) {
            changed.put(blocks / 2, 0L);
            now.remove(blocks / 2);
        }
        Stream stream = new Stream(FileType.FILE, size, now);
        state.streams.put(name, stream);
        tell(tell, () -> encoder.changed(name, stream, changed));
    }

    private static void tell(boolean tell, Runnable what) {
        if (tell) {
            what.run();
        }
    }
}
