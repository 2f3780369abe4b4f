package io.rewind.capture.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.capture.staging.Staging;
import io.rewind.event.FileChange;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.Xattr;
import io.rewind.schemas.content.Block;
import io.rewind.schemas.content.BlockDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What somebody knows of a tree who was told nothing but its deltas. Paths and bytes are one byte a character. */
public final class TreeModel {
    private static final byte[] ZEROS = new byte[Block.SIZE];

    /** Everything of an entry as text, so that a difference can be read, and its content. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content, below
    public record Seen(String description, byte[] content) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Seen seen
                    && description.equals(seen.description)
                    && Arrays.equals(content, seen.content);
        }

        @Override
        public int hashCode() {
            return description.hashCode();
        }

        @Override
        public String toString() {
            return description + " #" + Arrays.hashCode(content);
        }
    }

    private final NavigableMap<String, FileMeta> metas = new TreeMap<>();
    private final NavigableMap<String, byte[]> contents = new TreeMap<>();

    public void apply(TreeDelta delta, Staging staging) {
        for (FileChange change : delta.changes()) {
            String path = text(change.getPath());
            change.getMeta().ifPresentOrElse(meta -> put(path, meta), () -> remove(path));
        }
        for (TreeDelta.StagedBlock block : delta.contents()) {
            byte[] file = contents.get(block.path());
            assertThat(file).as("content for %s", block.path()).isNotNull();
            byte[] bytes = new byte[block.length()];
            if (block.staged() >= 0) {
                staging.read(block.staged(), bytes, 0, block.length());
            }
            System.arraycopy(bytes, 0, file, Math.toIntExact(block.block() * Block.SIZE), block.length());
        }
        metas.forEach((path, meta) -> {
            if (meta.getType() == FileType.FILE) {
                assertThat(digest(content(path)))
                        .as("digest of %s", path)
                        .isEqualTo(BlockDigest.read(meta.getDigest()));
            }
        });
    }

    private void put(String path, FileMeta meta) {
        int slash = path.lastIndexOf('/');
        if (!path.isEmpty()) {
            FileMeta parent = metas.get(slash < 0 ? "" : path.substring(0, slash));
            assertThat(parent != null && parent.getType() == FileType.DIRECTORY)
                    .as("%s is in a directory", path)
                    .isTrue();
        }
        FileMeta before = metas.put(path, meta);
        assertThat(before == null || before.getType() == meta.getType())
                .as("%s was removed before it became another kind", path)
                .isTrue();
        if (meta.getType() == FileType.FILE) {
            byte[] old = contents.getOrDefault(path, new byte[0]);
            contents.put(path, Arrays.copyOf(old, Math.toIntExact(meta.getSize())));
        }
    }

    private void remove(String path) {
        metas.remove(path);
        contents.remove(path);
        metas.subMap(path + "/", path + "0").clear();
        contents.subMap(path + "/", path + "0").clear();
    }

    public byte[] content(String path) {
        return contents.getOrDefault(path, new byte[0]);
    }

    public boolean has(String path) {
        return metas.containsKey(path);
    }

    /** By path; hard links resolved to what they lead to. */
    NavigableMap<String, Seen> seen() {
        NavigableMap<String, Seen> all = new TreeMap<>();
        metas.forEach((path, meta) -> {
            boolean link = meta.getType() == FileType.HARDLINK;
            String carrier = link ? text(meta.getTarget()) : path;
            FileMeta target = metas.get(carrier);
            if (target == null || target.getType() == FileType.HARDLINK) {
                throw new AssertionError(path + " is a link to " + carrier + ", which is none or one as well");
            }
            all.put(path, new Seen(describe(target, carrier), content(carrier)));
        });
        return all;
    }

    private static String describe(FileMeta meta, String carrier) {
        StringBuilder text = new StringBuilder();
        text.append(meta.getType()).append(' ').append(Integer.toOctalString(meta.getMode()));
        text.append(' ')
                .append(meta.getUid())
                .append(':')
                .append(meta.getGid())
                .append(' ')
                .append(meta.getMtimeNanos());
        if (meta.getType() == FileType.FILE) {
            text.append(" carried by ").append(carrier);
        }
        if (meta.getType() == FileType.SYMLINK) {
            text.append(" -> ").append(text(meta.getTarget()));
        }
        for (Xattr xattr : meta.getXattrs()) {
            text.append(' ').append(text(xattr.getName())).append('=').append(text(xattr.getValue()));
        }
        return text.toString();
    }

    private static BlockDigest digest(byte[] content) {
        BlockDigest sum = BlockDigest.EMPTY;
        for (int at = 0; at < content.length; at += Block.SIZE) {
            int length = Math.min(Block.SIZE, content.length - at);
            if (!Arrays.equals(content, at, at + length, ZEROS, 0, length)) {
                sum = sum.plus(BlockDigest.of(at / Block.SIZE, content, at, length));
            }
        }
        return sum;
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
