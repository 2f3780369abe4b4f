package io.rewind.capture.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.capture.staging.Staging;
import io.rewind.event.Run;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of a container as somebody knows it who was told nothing but points. */
final class MemoryModel {
    private final Map<String, NavigableMap<Long, byte[]>> spaces = new TreeMap<>();

    void apply(CapturedPoint point) {
        for (SpaceDelta delta : point.spaces()) {
            NavigableMap<Long, byte[]> pages = spaces.computeIfAbsent(delta.name(), name -> new TreeMap<>());
            for (Run run : delta.removed()) {
                for (int i = 0; i < run.getCount(); i++) {
                    assertThat(pages.remove(run.getFirst() + i)).isNotNull();
                }
            }
            write(pages, delta, point.staging());
            if (pages.isEmpty()) {
                spaces.remove(delta.name());
            }
            assertThat(pages.size()).isEqualTo(delta.after().size());
            assertThat(digest(pages)).isEqualTo(delta.after().digest());
        }
    }

    private static void write(NavigableMap<Long, byte[]> pages, SpaceDelta delta, Staging staging) {
        for (int i = 0; i < delta.written().length; i++) {
            byte[] page = new byte[Block.SIZE];
            staging.read(delta.staged()[i], page, 0, Block.SIZE);
            pages.put(delta.written()[i], page);
        }
    }

    Set<String> spaces() {
        return spaces.keySet();
    }

    /** The greatest number that the pattern's group has anywhere in the space, -1 if there is none. */
    long greatest(String space, Pattern pattern) {
        long greatest = -1;
        StringBuilder text = new StringBuilder();
        for (byte[] page : spaces.getOrDefault(space, new TreeMap<>()).values()) {
            text.append(new String(page, StandardCharsets.ISO_8859_1));
        }
        for (Matcher m = pattern.matcher(text); m.find(); ) {
            greatest = Math.max(greatest, Long.parseLong(m.group(1)));
        }
        return greatest;
    }

    private static BlockDigest digest(NavigableMap<Long, byte[]> pages) {
        BlockDigest sum = BlockDigest.EMPTY;
        for (var page : pages.entrySet()) {
            sum = sum.plus(BlockDigest.of(page.getKey(), page.getValue(), 0, Block.SIZE));
        }
        return sum;
    }
}
