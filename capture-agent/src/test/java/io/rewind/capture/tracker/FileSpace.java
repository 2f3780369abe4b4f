package io.rewind.capture.tracker;

import io.rewind.criu.CountField;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.schemas.content.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A file in place of /proc/PID/mem. Of seven groups of seven pages one lies in the pages file instead. */
class FileSpace implements DirtyTrackerContract.Space {
    static final long FIRST = 0x10_000;
    static final ProcessKey KEY = new ProcessKey(1, 0);

    private final NavigableMap<Integer, byte[]> pages = new TreeMap<>();
    private final FileChannel memory;
    private final FileChannel file;

    FileSpace(Path folder) throws IOException {
        memory = open(folder.resolve("memory"));
        file = open(folder.resolve("pages"));
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public void write(int page, byte[] content) {
        pages.put(page, content.clone());
    }

    @Override
    public void remove(int page) {
        pages.remove(page);
    }

    @Override
    public NavigableMap<Long, byte[]> read() {
        NavigableMap<Long, byte[]> all = new TreeMap<>();
        pages.forEach((page, content) -> all.put(FIRST + page, content));
        return all;
    }

    @Override
    public List<ProcessKey> processes() {
        return List.of(KEY);
    }

    @Override
    public FrozenSpace freeze() throws IOException {
        List<Entry> entries = new ArrayList<>();
        long inFile = 0;
        for (var page : pages.entrySet()) {
            boolean present = page.getKey() / 7 % 7 == 0;
            long address = (FIRST + page.getKey()) * Block.SIZE;
            if (present) {
                file.write(ByteBuffer.wrap(page.getValue()), inFile);
                inFile += Block.SIZE;
            } else if (memory.isOpen()) {
                memory.write(ByteBuffer.wrap(page.getValue()), address);
            }
            int last = entries.size() - 1;
            if (last >= 0
                    && entries.get(last).end() == address
                    && entries.get(last).present() == present) {
                Entry before = entries.remove(last);
                entries.add(entry(before.vaddr(), before.pages() + 1, present));
            } else {
                entries.add(entry(address, 1, present));
            }
        }
        return new FrozenSpace("17", Optional.of(KEY), new PageMap("17", 1, entries), this::memory, file);
    }

    private void memory(PageRanges wanted, ByteBuffer target) throws IOException {
        for (int i = 0; i < wanted.stretches(); i++) {
            int bytes = (int) (wanted.end(i) - wanted.first(i)) * Block.SIZE;
            ByteBuffer stretch = target.slice(target.position(), bytes);
            memory.read(stretch, wanted.first(i) * Block.SIZE);
            target.position(target.position() + bytes);
        }
    }

    private static Entry entry(long address, long pages, boolean present) {
        return new Entry(address, pages, present ? Entry.PRESENT : Entry.LAZY, CountField.BOTH);
    }

    @Override
    public void vanish() throws IOException {
        memory.close();
    }

    @Override
    public void close() throws IOException {
        memory.close();
        file.close();
    }
}
