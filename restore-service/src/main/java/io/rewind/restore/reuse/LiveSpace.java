package io.rewind.restore.reuse;

import io.rewind.restore.fetch.Held;
import io.rewind.restore.fetch.MemorySink;
import io.rewind.restore.fetch.Together;
import io.rewind.restore.time.TimeLine;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.PageGatherer;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.PagemapScan;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessMemory;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages of one running process: first copied, then the kernel is asked which of them were not written before that. */
final class LiveSpace {
    private static final int PAGES_A_READ = 256;
    /** Reads for which one more thread is worth its while. */
    private static final int READS_A_THREAD = 16;

    private final ProcessKey process;
    private final MemorySink sink;
    private final List<PageRanges> reads;
    private final boolean[] done;
    private final long[] high;
    private final long[] low;
    private final AtomicInteger next = new AtomicInteger();

    private LiveSpace(ProcessKey process, PageRanges wanted, MemorySink sink) {
        this.process = process;
        this.sink = sink;
        this.reads = wanted.batches(PAGES_A_READ);
        this.done = new boolean[reads.size()];
        this.high = new long[Math.toIntExact(wanted.pages())];
        this.low = new long[high.length];
    }

    static Held take(ProcessKey process, PageRanges wanted, MemorySink sink, TimeLine time) throws IOException {
        LiveSpace space = new LiveSpace(process, wanted, sink);
        int threads = Together.threads(Math.ceilDiv(space.reads.size(), READS_A_THREAD));
        try {
            time.run("copy", () -> Together.run(threads, space::copy, () -> space.next.set(space.reads.size())));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        // Only now: what was written before it was copied is not what it was at the capture.
        PageRanges untouched = untouched(process);
        return new Held(space.copied().intersect(untouched), wanted, space.high, space.low);
    }

    /** By several threads, each read once. */
    private void copy() {
        ByteBuffer content = ByteBuffer.allocateDirect(PAGES_A_READ * Block.SIZE);
        byte[] page = new byte[Block.SIZE];
        try (ProcessMemory memory = ProcessMemory.of(process.pid())) {
            for (int read = next.getAndIncrement(); read < reads.size(); read = next.getAndIncrement()) {
                PageRanges pages = reads.get(read);
                content.clear().limit((int) pages.pages() * Block.SIZE);
                if (read(memory, pages, content)) {
                    count(pages, content.flip(), page, read * PAGES_A_READ);
                    lay(pages, content);
                    done[read] = true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False: some of it was unmapped meanwhile. */
    private static boolean read(ProcessMemory memory, PageRanges pages, ByteBuffer content) {
        try {
            memory.read(pages, content);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void count(PageRanges pages, ByteBuffer content, byte[] page, int column) {
        int at = 0;
        for (int stretch = 0; stretch < pages.stretches(); stretch++) {
            for (long number = pages.first(stretch); number < pages.end(stretch); number++) {
                content.get(at * Block.SIZE, page);
                BlockDigest digest = BlockDigest.of(number, page, 0, Block.SIZE);
                high[column + at] = digest.high();
                low[column + at] = digest.low();
                at++;
            }
        }
    }

    private void lay(PageRanges pages, ByteBuffer content) {
        int at = 0;
        for (int stretch = 0; stretch < pages.stretches(); stretch++) {
            int bytes = (int) (pages.end(stretch) - pages.first(stretch)) * Block.SIZE;
            sink.lay(pages.first(stretch), content.slice(at, bytes));
            at += bytes;
        }
    }

    private PageRanges copied() {
        PageRanges.Builder all = new PageRanges.Builder();
        for (int read = 0; read < done.length; read++) {
            PageRanges pages = done[read] ? reads.get(read) : PageRanges.EMPTY;
            for (int stretch = 0; stretch < pages.stretches(); stretch++) {
                all.add(pages.first(stretch), pages.end(stretch));
            }
        }
        return all.build();
    }

    /** Pages in watched mappings that are as they were when they were last protected. */
    private static PageRanges untouched(ProcessKey process) throws IOException {
        PageGatherer all = new PageGatherer();
        try (Arena arena = Arena.ofConfined();
                PagemapScan scan = PagemapScan.of(process.pid(), PagemapScan.Room.in(arena))) {
            for (Mappings.Range mapping : Mappings.of(process.pid()).anonymous()) {
                List<long[]> found = new ArrayList<>();
                if (scan.untouched(mapping, (start, end) -> found.add(new long[] {start, end}))) {
                    found.forEach(stretch -> all.addBytes(stretch[0], stretch[1]));
                }
            }
        }
        return process.isAlive() ? all.build() : PageRanges.EMPTY;
    }
}
