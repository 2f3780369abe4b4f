package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.restore.look.Entry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Files of a point as people and programs see them. Names are safe for a terminal in both. */
public final class FileView {
    private static final String BITS = "rwxrwxrwx";

    private FileView() {}

    /** As {@code ls -l} has it, without links' count and owners' names. Times in {@code zone}. */
    public static String line(Entry entry, ZoneId zone) {
        FileMeta meta = entry.meta();
        String target = meta.getType() == FileType.SYMLINK || meta.getType() == FileType.HARDLINK
                ? (meta.getType() == FileType.SYMLINK ? " -> " : " = /") + entry.shownTarget()
                : "";
        return String.format(
                Locale.ROOT,
                "%s %5d %5d %12d %s %s%s",
                mode(meta),
                Integer.toUnsignedLong(meta.getUid()),
                Integer.toUnsignedLong(meta.getGid()),
                meta.getSize(),
                Amounts.time(time(meta), zone),
                entry.shown(),
                target);
    }

    /** {@code type} is the schema's, in small letters; {@code mode} octal; {@code time} an ISO instant. */
    public static ObjectNode json(Entry entry) {
        FileMeta meta = entry.meta();
        ObjectNode json = Json.object()
                .put("path", entry.shown())
                .put("type", meta.getType().name().toLowerCase(Locale.ROOT))
                .put("mode", String.format(Locale.ROOT, "%04o", meta.getMode()))
                .put("uid", Integer.toUnsignedLong(meta.getUid()))
                .put("gid", Integer.toUnsignedLong(meta.getGid()))
                .put("size", meta.getSize())
                .put("time", time(meta).toString());
        if (meta.getTarget().hasRemaining()) {
            json.put("target", entry.shownTarget());
        }
        return json;
    }

    private static Instant time(FileMeta meta) {
        return Instant.EPOCH.plus(meta.getMtimeNanos(), ChronoUnit.NANOS);
    }

    private static String mode(FileMeta meta) {
        if (meta.getType() == FileType.WHITEOUT) {
            return "deleted   ";
        }
        StringBuilder text = new StringBuilder(BITS);
        for (int bit = 0; bit < BITS.length(); bit++) {
            if ((meta.getMode() >> (BITS.length() - 1 - bit) & 1) == 0) {
                text.setCharAt(bit, '-');
            }
        }
        special(text, 2, meta.getMode() & 04000, 's');
        special(text, 5, meta.getMode() & 02000, 's');
        special(text, 8, meta.getMode() & 01000, 't');
        return text.insert(0, letter(meta.getType())).toString();
    }

    private static void special(StringBuilder text, int at, int set, char letter) {
        if (set != 0) {
            text.setCharAt(at, text.charAt(at) == '-' ? Character.toUpperCase(letter) : letter);
        }
    }

    private static char letter(FileType type) {
        return switch (type) {
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case FILE, HARDLINK, WHITEOUT -> '-';
        };
    }
}
