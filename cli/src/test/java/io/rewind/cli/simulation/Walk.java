package io.rewind.cli.simulation;

import io.rewind.schemas.content.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** A container that lives at random. What was written once is not written to again: states may share it. */
final class Walk {
    private static final List<String> SPACES = List.of("1", "17", "shmem-3");
    private static final int PAGES = 40;

    private final Chance chance;
    private final NavigableMap<String, NavigableMap<Long, byte[]>> spaces = new TreeMap<>();
    private final NavigableMap<String, Entry> files = new TreeMap<>();
    private byte[] image;

    /** @param content none of a directory */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(boolean directory, byte[] content) {}

    Walk(Chance chance) {
        this.chance = chance;
        this.image = chance.bytes(5000);
    }

    /** Pages by space; no space is empty. */
    NavigableMap<String, NavigableMap<Long, byte[]>> spaces() {
        return Collections.unmodifiableNavigableMap(spaces);
    }

    /** Entries of the upper directory by path. */
    NavigableMap<String, Entry> files() {
        return Collections.unmodifiableNavigableMap(files);
    }

    byte[] image() {
        return image;
    }

    /** All that must come back, by what it is called. */
    SortedMap<String, byte[]> state() {
        SortedMap<String, byte[]> state = new TreeMap<>();
        spaces.forEach((space, pages) -> pages.forEach((page, content) -> state.put(memory(space, page), content)));
        files.forEach((path, entry) -> state.put(file(path, entry.directory), entry.content));
        state.put(image("core-1.img"), image);
        return state;
    }

    static String memory(String space, long page) {
        return "MEMORY " + space + " " + page;
    }

    static String file(String path, boolean directory) {
        return "UPPER " + path + (directory ? "/" : "");
    }

    static String image(String name) {
        return "IMAGE " + name;
    }

    /** A while later. */
    void goOn() {
        for (int i = chance.below(4); i >= 0; i--) {
            memory();
        }
        for (int i = chance.below(3); i > 0; i--) {
            file();
        }
        image = chance.below(3) == 0 ? chance.bytes(1 + chance.below(9000)) : tweaked(image);
    }

    private void memory() {
        String space = chance.of(SPACES);
        if (chance.below(25) == 0) {
            spaces.remove(space);
            return;
        }
        NavigableMap<Long, byte[]> pages = spaces.computeIfAbsent(space, _ -> new TreeMap<>());
        long first = chance.below(PAGES);
        int kind = chance.below(6);
        for (long page = first; page < first + 1 + chance.below(6); page++) {
            switch (kind) {
                case 0 -> pages.put(page, new byte[Block.SIZE]);
                case 1 -> pages.remove(page);
                case 2 -> pages.put(page, chance.bytes(Block.SIZE));
                case 3 -> pages.put(page, anyPage());
                default -> tweak(pages);
            }
        }
        if (pages.isEmpty()) {
            spaces.remove(space);
        }
    }

    private byte[] anyPage() {
        List<byte[]> all = new ArrayList<>();
        spaces.values().forEach(pages -> all.addAll(pages.values()));
        return all.isEmpty() ? chance.bytes(Block.SIZE) : chance.of(all);
    }

    private void tweak(NavigableMap<Long, byte[]> pages) {
        if (pages.isEmpty()) {
            pages.put(7L, chance.bytes(Block.SIZE));
            return;
        }
        Long page = chance.of(List.copyOf(pages.keySet()));
        pages.computeIfPresent(page, (_, content) -> tweaked(content));
    }

    /** The same but for a few bytes. */
    private byte[] tweaked(byte[] content) {
        byte[] copy = content.clone();
        for (int i = chance.below(20); i >= 0 && copy.length > 0; i--) {
            copy[chance.below(copy.length)]++;
        }
        return copy;
    }

    private void file() {
        String directory = chance.of(List.of("", "d", "d/e"));
        if (chance.below(12) == 0 && !directory.isEmpty()) {
            remove(directory);
            return;
        }
        for (int end = 0; end < directory.length(); ) {
            int slash = directory.indexOf('/', end + 1);
            end = slash < 0 ? directory.length() : slash;
            files.putIfAbsent(directory.substring(0, end), new Entry(true, new byte[0]));
        }
        String path = (directory.isEmpty() ? "" : directory + "/") + "f" + chance.below(4);
        switch (chance.below(6)) {
            case 0 -> remove(path);
            case 1 -> {
                remove(path);
                files.put(path, new Entry(true, new byte[0]));
            }
            default -> write(path);
        }
    }

    private void remove(String path) {
        files.remove(path);
        files.subMap(path + "/", path + "0").clear();
    }

    /** New, longer, shorter, with holes, or tweaked; in place of a directory, too. */
    private void write(String path) {
        Entry before = files.get(path);
        byte[] old = before == null ? new byte[0] : before.content;
        remove(path);
        byte[] content = chance.below(2) == 0 ? tweaked(old) : chance.bytes(chance.below(4 * Block.SIZE));
        if (content.length > Block.SIZE && chance.below(3) == 0) {
            System.arraycopy(new byte[Block.SIZE], 0, content, 0, Block.SIZE);
        }
        files.put(path, new Entry(false, content));
    }
}
