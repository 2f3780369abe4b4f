package io.rewind.capture.tracker;

import static org.awaitility.Awaitility.await;

import io.rewind.criu.CountField;
import io.rewind.criu.Entry;
import io.rewind.criu.PageMap;
import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.runtime.process.Mappings;
import io.rewind.runtime.process.ProcessKey;
import io.rewind.runtime.process.ProcessMemory;
import io.rewind.runtime.process.ProcessStat;
import io.rewind.schemas.content.Block;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The memory of a {@link MemoryActor} in a process of its own, which SIGSTOP freezes: its region alone, or all of its
 * private anonymous memory.
 */
final class ActorSpace implements DirtyTrackerContract.Space {
    private static final SystemCall KILL = new SystemCall("kill", 62, 129);
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;
    private static final int SIGKILL = 9;

    private final Process parent;
    private final BufferedReader answers;
    private final Writer orders;
    private final ProcessKey key;
    private final long firstPage;
    private final boolean whole;
    private final FileChannel memory;
    private final ProcessMemory pages;
    private boolean stopped;

    ActorSpace(boolean whole) throws IOException {
        this.whole = whole;
        // A child's child, for our own thread that waits for a child would take its stops for its end.
        String java = System.getProperty("java.home") + "/bin/java -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                + " --enable-native-access=ALL-UNNAMED io.rewind.capture.tracker.MemoryActor";
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "exec 3<&0; " + java + " <&3 & wait")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        parent = builder.start();
        answers = parent.inputReader(StandardCharsets.US_ASCII);
        orders = parent.outputWriter(StandardCharsets.US_ASCII);
        String[] told = answer().split(" ");
        key = ProcessKey.of(Integer.parseInt(told[0])).orElseThrow();
        firstPage = Long.parseLong(told[1]) / Block.SIZE;
        memory = FileChannel.open(Path.of("/proc/" + key.pid() + "/mem"), StandardOpenOption.READ);
        pages = ProcessMemory.of(key.pid());
    }

    ProcessKey key() {
        return key;
    }

    @Override
    public List<ProcessKey> processes() {
        signal(SIGCONT);
        stopped = false;
        return List.of(key);
    }

    @Override
    public void write(int page, byte[] content) throws IOException {
        order("write " + page + " " + Base64.getEncoder().encodeToString(content));
    }

    @Override
    public void remove(int page) throws IOException {
        order("drop " + page);
    }

    /** Has the first pages of its region written to swap. @return how many of them are only there now */
    int toSwap(int count) throws IOException {
        order("out " + count);
        long[] bits = new long[count];
        new ProcSoftDirty().read(key.pid(), firstPage, bits);
        return (int) Arrays.stream(bits)
                .filter(entry -> (entry & SoftDirty.SWAPPED) != 0)
                .count();
    }

    void mutate(int seed) throws IOException {
        order("mutate " + seed);
    }

    private void order(String order) throws IOException {
        if (stopped) {
            signal(SIGCONT);
            stopped = false;
        }
        orders.write(order + "\n");
        orders.flush();
        answer();
    }

    private String answer() throws IOException {
        return Optional.ofNullable(answers.readLine()).orElseThrow(() -> new IOException("the actor ended"));
    }

    @Override
    public NavigableMap<Long, byte[]> read() throws IOException {
        NavigableMap<Long, byte[]> pages = new TreeMap<>();
        for (Entry entry : entries()) {
            for (long page = entry.vaddr() / Block.SIZE; page < entry.end() / Block.SIZE; page++) {
                ByteBuffer content = ByteBuffer.allocate(Block.SIZE);
                if (memory.read(content, page * Block.SIZE) != Block.SIZE) {
                    throw new IOException("page " + page);
                }
                pages.put(page, content.array());
            }
        }
        return pages;
    }

    @Override
    public FrozenSpace freeze() throws IOException {
        if (key.isAlive()) {
            signal(SIGSTOP);
            await().until(this::standsStill);
            stopped = true;
        }
        return new FrozenSpace("17", Optional.of(key), new PageMap("17", 1, entries()), pages, memory);
    }

    private boolean standsStill() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + key.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (ProcessStat.of(Integer.parseInt(String.valueOf(thread.getFileName())))
                                .state()
                        != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    /** Pages that are there, as CRIU would list them. */
    private List<Entry> entries() throws IOException {
        if (!key.isAlive()) {
            return List.of(new Entry(firstPage * Block.SIZE, 1, Entry.LAZY, CountField.BOTH));
        }
        List<Entry> entries = new ArrayList<>();
        for (Mappings.Range mapping : Mappings.of(key.pid()).anonymous()) {
            long first = Math.max(mapping.start() / Block.SIZE, whole ? 0 : firstPage);
            long end = Math.min(mapping.end() / Block.SIZE, whole ? Long.MAX_VALUE : firstPage + MemoryActor.PAGES);
            add(entries, first, (int) Math.max(0, end - first));
        }
        return entries;
    }

    private void add(List<Entry> entries, long first, int count) throws IOException {
        long[] bits = new long[count];
        new ProcSoftDirty().read(key.pid(), first, bits);
        int from = -1;
        for (int i = 0; i <= count; i++) {
            boolean there = i < count && (bits[i] & (SoftDirty.PRESENT | SoftDirty.SWAPPED)) != 0;
            if (there && from < 0) {
                from = i;
            } else if (!there && from >= 0) {
                entries.add(new Entry((first + from) * Block.SIZE, i - from, Entry.LAZY, CountField.BOTH));
                from = -1;
            }
        }
    }

    @Override
    public void vanish() {
        signal(SIGKILL);
        await().until(() -> !key.isAlive());
    }

    private void signal(int signal) {
        Libc.call(KILL, key.pid(), signal);
    }

    @Override
    public void close() throws IOException {
        if (key.isAlive()) {
            signal(SIGKILL);
        }
        memory.close();
        pages.close();
        parent.destroy();
    }
}
