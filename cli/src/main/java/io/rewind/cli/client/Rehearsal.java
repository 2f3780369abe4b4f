package io.rewind.cli.client;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.PointHeader;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.restore.host.Differences;
import io.rewind.restore.host.ThisHost;
import io.rewind.restore.look.Moment;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.content.Block;
import java.util.List;

/**
 * What a restore would bring, and what restores like it took.
 *
 * @param memory and {@code images}, {@code fileBytes}: bytes, holes of files included
 * @param files entries of trees, of whatever kind
 * @param differences what would keep the point from running on this machine, clauses
 * @param before restores of the container in this mode that succeeded, oldest first
 */
public record Rehearsal(
        PointHeader point,
        RestoreMode mode,
        long memory,
        long images,
        long files,
        long fileBytes,
        List<String> differences,
        List<RestoreProgress> before) {
    public Rehearsal {
        differences = List.copyOf(differences);
        before = List.copyOf(before);
    }

    /** Reads what the point consists of, nothing of its content. */
    public static Rehearsal of(Session session, Moment moment, RestoreMode mode) {
        long[] bytes = new long[StreamKind.values().length];
        long[] files = new long[1];
        moment.point().streams(Selection.ALL.withoutRuns(), part -> {
            StreamChange stream = part.change();
            switch (stream.getKind()) {
                case MEMORY -> bytes[0] += stream.getSize() * Block.SIZE;
                case IMAGE -> bytes[1] += stream.getSize();
                case UPPER, VOLUME -> {
                    files[0]++;
                    bytes[2] += stream.getMeta()
                            .filter(m -> m.getType() == FileType.FILE)
                            .map(FileMeta::getSize)
                            .orElse(0L);
                }
            }
        });
        return new Rehearsal(
                moment.header(),
                mode,
                bytes[0],
                bytes[1],
                files[0],
                bytes[2],
                Differences.between(moment.header().getFingerprint(), ThisHost.fingerprint()),
                PastRestores.of(session, moment.timeline().text(), mode));
    }

    public long bytes() {
        return memory + images + fileBytes;
    }
}
