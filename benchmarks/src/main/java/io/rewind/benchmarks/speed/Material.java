package io.rewind.benchmarks.speed;

import io.rewind.schemas.content.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Pages like a program's: records of words, addresses, counts and some noise. The same seed makes the same bytes. */
public final class Material {
    private static final String[] WORDS = {
        "session", "user", "price", "order", "true", "value", "address", "pending", "2026-11-22", "currency", "id"
    };
    private static final int RECORD = 64;
    private static final int TEXT = 24;
    private static final long HEAP = 0x7f31_0000_0000L;

    private Material() {}

    public static byte[] pages(long seed, int pages) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[pages * Block.SIZE];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.length; at += RECORD) {
            out.position(at);
            out.putLong(HEAP + random.nextInt(1 << 24) * 16L);
            out.putInt(random.nextInt(1000)).putInt(at / RECORD);
            out.put(WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.US_ASCII));
            out.position(at + RECORD - TEXT);
            out.putLong(random.nextLong());
        }
        return bytes;
    }

    /** The same with ten bytes of each page changed, as a few writes would. */
    public static byte[] touched(byte[] pages, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] copy = pages.clone();
        for (int page = 0; page < pages.length; page += Block.SIZE) {
            for (int i = 0; i < 10; i++) {
                copy[page + random.nextInt(Block.SIZE)]++;
            }
        }
        return copy;
    }
}
