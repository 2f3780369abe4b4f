package io.rewind.encoder.point;

import static io.rewind.encoder.map.PointFault.require;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.rewind.encoder.content.BlockEncoder;
import io.rewind.encoder.content.PointContent;
import io.rewind.encoder.map.Footprint;
import io.rewind.encoder.map.PointFault;
import io.rewind.encoder.map.PointMap;
import io.rewind.encoder.map.RunList;
import io.rewind.encoder.mirror.StreamHash;
import io.rewind.event.FileBlocks;
import io.rewind.event.FileChange;
import io.rewind.event.PageDelta;
import io.rewind.event.PointHeader;
import io.rewind.event.PointOpened;
import io.rewind.event.PointSealed;
import io.rewind.event.ProcessImage;
import io.rewind.event.Run;
import io.rewind.event.StreamKind;
import io.rewind.schemas.content.Block;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A point between its PointOpened and its PointSealed. Whatever throws REJECTED leaves it unfit for further use. For
 * one thread.
 */
final class OpenPoint {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();

    private final PointOpened opened;
    private final long offset;
    private final long since;
    private final PointMap map;
    private final PointContent content;
    private int records;
    private long missed;
    private long checksum;

    /**
     * @param offset of its PointOpened
     * @param since when that was written, in milliseconds on the records' own clock
     * @param mapBytes most memory of its map
     */
    OpenPoint(PointOpened opened, long offset, long since, long mapBytes) {
        this.opened = opened;
        this.offset = offset;
        this.since = since;
        this.map = new PointMap(new Footprint(mapBytes));
        this.content = new PointContent(opened.getHeader().getTimeline(), map.chunks());
    }

    PointOpened opened() {
        return opened;
    }

    PointHeader header() {
        return opened.getHeader();
    }

    long offset() {
        return offset;
    }

    long since() {
        return since;
    }

    PointMap map() {
        return map;
    }

    PointContent content() {
        return content;
    }

    /** So many records of the partition, perhaps some of this point's, were gone before they were read. */
    void missed(long gone) {
        missed += gone;
    }

    /** Counts a record in. @throws Fault POINT_SEQUENCE unless it is the next one */
    void count(int sequence, byte[] value) {
        if (sequence != records) {
            throw PointFault.POINT_SEQUENCE.because("record " + sequence + " came where " + records + " was due"
                    + (missed == 0
                            ? ""
                            : "; records were gone before they were read, " + missed
                                    + " of them: Kafka keeps less than the encoder was behind"));
        }
        records++;
        checksum += XXH3.hashBytesToLong(value);
    }

    /** Removals first, then what is written. */
    void pages(PageDelta delta, BlockEncoder blocks, long now) {
        require(
                pages(delta.getWritten()) * Block.SIZE == delta.getContent().remaining(),
                "the content of a page delta is not what its runs say");
        pages(delta.getRemoved());
        RunList runs = map.space(delta.getSpace()).runs();
        delta.getRemoved().forEach(run -> runs.add(run.getFirst(), run.getCount(), RunList.GONE, 0));
        long stream = StreamHash.of(timeline(), StreamKind.MEMORY, "", bytes(delta.getSpace()));
        int at = delta.getContent().position();
        for (Run run : delta.getWritten()) {
            int bytes = run.getCount() * Block.SIZE;
            blocks.place(
                    content, runs, stream, run.getFirst(), delta.getContent().slice(at, bytes), now);
            at += bytes;
        }
    }

    private String timeline() {
        return header().getTimeline();
    }

    private static ByteBuffer bytes(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
    }

    private static long pages(List<Run> runs) {
        long pages = 0;
        for (Run run : runs) {
            require(
                    run.getFirst() >= 0 && run.getCount() > 0 && run.getFirst() <= Long.MAX_VALUE - run.getCount(),
                    "a run of " + run.getCount() + " pages from " + run.getFirst());
            pages += run.getCount();
        }
        return pages;
    }

    /** @param tree the volume, empty for the upper directory */
    void files(
            StreamKind kind,
            String tree,
            List<FileChange> changes,
            List<FileBlocks> pieces,
            BlockEncoder blocks,
            long now) {
        changes.forEach(change -> map.change(kind, tree, change.getPath(), change.getMeta()));
        for (FileBlocks piece : pieces) {
            require(
                    piece.getFirst() >= 0 && piece.getFirst() <= Long.MAX_VALUE / Block.SIZE,
                    "content from block " + piece.getFirst());
            RunList runs = map.file(kind, tree, piece.getPath()).runs();
            long stream = StreamHash.of(timeline(), kind, tree, piece.getPath());
            blocks.place(content, runs, stream, piece.getFirst(), piece.getContent(), now);
        }
    }

    void image(ProcessImage image, BlockEncoder blocks, long now) {
        int length = image.getContent().remaining();
        require(image.getOffset() % Block.SIZE == 0, "a piece of an image at " + image.getOffset());
        RunList runs = map.image(image.getName(), image.getSize(), image.getDigest(), image.getOffset(), length)
                .runs();
        require(
                length % Block.SIZE == 0 || image.getOffset() + length == image.getSize(),
                "a piece of an image that ends inside a block");
        long stream = StreamHash.of(timeline(), StreamKind.IMAGE, "", bytes(image.getName()));
        blocks.place(content, runs, stream, image.getOffset() / Block.SIZE, image.getContent(), now);
    }

    /** Proves that everything came. @throws Fault POINT_DAMAGED, or POINT_MALFORMED */
    void seal(PointSealed sealed) {
        if (sealed.getRecords() != records) {
            throw PointFault.POINT_DAMAGED.because(
                    "sealed with " + sealed.getRecords() + " records, but " + records + " came");
        }
        if (sealed.getChecksum() != checksum) {
            throw PointFault.POINT_DAMAGED.because("the checksum of its records is not the one it was sealed with");
        }
        map.complete(sealed.getSpaces());
    }
}
