package io.rewind.capture.tracker;

import io.rewind.runtime.posix.Libc;
import io.rewind.runtime.posix.SystemCall;
import io.rewind.schemas.content.Block;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/**
 * A program that does to its memory what it is told, in a region of {@link #PAGES} pages. Orders, one a line, each
 * answered by a line:
 *
 * <pre>
 *   write PAGE BASE64      drop PAGE      out COUNT      mutate SEED
 * </pre>
 */
final class MemoryActor {
    static final int PAGES = 2048;

    private static final SystemCall MMAP = new SystemCall("mmap", 9, 222);
    private static final SystemCall MPROTECT = new SystemCall("mprotect", 10, 226);
    private static final SystemCall MADVISE = new SystemCall("madvise", 28, 233);
    private static final SystemCall MREMAP = new SystemCall("mremap", 25, 216);
    private static final SystemCall GETRANDOM = new SystemCall("getrandom", 318, 278);
    private static final long READ = 1;
    private static final long READ_WRITE = 3;
    private static final long PRIVATE_ANONYMOUS = 0x22;
    private static final long FIXED = 0x10;
    private static final long MAYMOVE_FIXED_DONTUNMAP = 7;
    private static final int DONTNEED = 4;
    private static final int FREE = 8;
    private static final int HUGEPAGE = 14;
    private static final int NOHUGEPAGE = 15;
    /** To swap, where there is some. */
    private static final int PAGEOUT = 21;

    private static final int HUGE_PAGES = 512;
    private static final long HUGE = (long) HUGE_PAGES * Block.SIZE;

    private final long base;
    private final MemorySegment memory;
    private final boolean[] writable = new boolean[PAGES];

    private MemoryActor() {
        long room = must(Libc.call(MMAP, 0, PAGES * Block.SIZE + HUGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0));
        base = (room + HUGE - 1) / HUGE * HUGE;
        memory = MemorySegment.ofAddress(base).reinterpret((long) PAGES * Block.SIZE);
        Arrays.fill(writable, true);
        // Else a write marks 512 pages where the machine gives huge pages to everybody.
        advise(0, PAGES, NOHUGEPAGE);
    }

    static void main() throws IOException {
        MemoryActor actor = new MemoryActor();
        System.out.println(ProcessHandle.current().pid() + " " + actor.base);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            actor.act(order.split(" "));
            System.out.println("done");
        }
    }

    private void act(String... order) {
        int number = Integer.parseInt(order[1]);
        switch (order[0]) {
            case "write" ->
                MemorySegment.copy(
                        Base64.getDecoder().decode(order[2]),
                        0,
                        memory,
                        ValueLayout.JAVA_BYTE,
                        (long) number * Block.SIZE,
                        Block.SIZE);
            case "drop" -> advise(number, 1, DONTNEED);
            case "out" -> advise(0, number, PAGEOUT);
            case "mutate" -> mutate(new Random(number));
            default -> throw new IllegalArgumentException(order[0]);
        }
    }

    private void mutate(Random random) {
        for (int i = 0; i < 12; i++) {
            int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 700 : 40);
            int first = random.nextInt(PAGES - count);
            switch (random.nextInt(11)) {
                case 0 -> map(first, count);
                case 1 -> protect(first, count, false);
                case 2 -> protect(first, count, true);
                case 3 -> advise(first, count, DONTNEED);
                case 4 -> advise(first, count, FREE);
                case 5 -> huge(random.nextInt(PAGES / HUGE_PAGES) * HUGE_PAGES, random.nextBoolean());
                case 6 -> move(first, count, random);
                case 7 -> readAll(first, count);
                case 8 -> advise(first, count, PAGEOUT);
                default -> write(first, count, random);
            }
        }
    }

    private void map(int first, int count) {
        must(Libc.call(MMAP, address(first), bytes(count), READ_WRITE, PRIVATE_ANONYMOUS | FIXED, -1, 0));
        Arrays.fill(writable, first, first + count, true);
    }

    private void protect(int first, int count, boolean write) {
        must(Libc.call(MPROTECT, address(first), bytes(count), write ? READ_WRITE : READ));
        Arrays.fill(writable, first, first + count, write);
    }

    private void advise(int first, int count, int advice) {
        must(Libc.call(MADVISE, address(first), bytes(count), advice));
    }

    /** New memory where one write brings 512 pages at once, or an end of that. */
    private void huge(int first, boolean wanted) {
        if (wanted) {
            map(first, HUGE_PAGES);
        }
        advise(first, HUGE_PAGES, wanted ? HUGEPAGE : NOHUGEPAGE);
        if (wanted) {
            memory.set(ValueLayout.JAVA_LONG, (long) first * Block.SIZE, first);
        }
    }

    /** Content moves, and with it whatever marks it has; the old place stays mapped, and empty. */
    private void move(int first, int count, Random random) {
        if (random.nextInt(4) == 0) {
            // Whole page tables at once, where the kernel can.
            move(
                    random.nextInt(PAGES / HUGE_PAGES) * HUGE_PAGES,
                    HUGE_PAGES,
                    random.nextInt(PAGES / HUGE_PAGES) * HUGE_PAGES);
        } else {
            int length = Math.min(count, 16);
            move(first, length, random.nextInt(PAGES - length));
        }
    }

    private void move(int first, int length, int to) {
        boolean oneMapping = true;
        for (int i = 0; i < length; i++) {
            oneMapping &= writable[first + i] == writable[first];
        }
        if (oneMapping && Math.abs(to - first) >= length) {
            long moved = Libc.call(
                    MREMAP, address(first), bytes(length), bytes(length), MAYMOVE_FIXED_DONTUNMAP, address(to));
            // Refused where the range is of more than one mapping; nothing has moved then, but the target is gone.
            if (moved < 0) {
                map(to, length);
            }
            Arrays.fill(writable, to, to + length, moved < 0 || writable[first]);
        }
    }

    private void readAll(int first, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += memory.get(ValueLayout.JAVA_BYTE, (long) (first + i) * Block.SIZE);
        }
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException("so that it is not optimized away");
        }
    }

    /** By the program itself, or by the kernel on its behalf. */
    private void write(int first, int count, Random random) {
        for (int page = first; page < first + count; page++) {
            if (writable[page] && random.nextInt(3) == 0) {
                memory.set(
                        ValueLayout.JAVA_LONG, (long) page * Block.SIZE + 8L * random.nextInt(512), random.nextLong());
            } else if (writable[page] && random.nextInt(3) == 0) {
                must(Libc.call(GETRANDOM, address(page) + random.nextInt(4000), 64, 0));
            }
        }
    }

    private long address(int page) {
        return base + (long) page * Block.SIZE;
    }

    private static long bytes(int pages) {
        return (long) pages * Block.SIZE;
    }

    private static long must(long answer) {
        if (answer < 0 && answer > -4096) {
            throw new IllegalStateException("errno " + -answer);
        }
        return answer;
    }
}
