package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Table;
import io.rewind.restore.compare.FileDifference;
import io.rewind.restore.compare.MemoryDifference;
import io.rewind.restore.compare.ProcessComparison;
import io.rewind.restore.compare.ProcessComparison.Descriptor;
import io.rewind.restore.look.Processes.Member;
import io.rewind.schemas.content.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Differences of two points as people and programs see them; an object of programs says in {@code what} of what. */
public final class DiffView {
    private DiffView() {}

    /** Such as "changed  /data/log  12 B -> 4.0 KiB". */
    public static String line(FileDifference file) {
        String sizes = switch (file.kind()) {
            case ADDED -> Amounts.bytes(file.bytesAfter());
            case CHANGED -> Amounts.bytes(file.bytesBefore()) + " -> " + Amounts.bytes(file.bytesAfter());
            case DESCRIBED -> "owner, mode or attributes";
            case TOUCHED -> "time only";
            case REMOVED -> "was " + Amounts.bytes(file.bytesBefore());
        };
        return String.format(
                Locale.ROOT, "%-9s  %s  (%s)", word(file), file.entry().shown(), sizes);
    }

    public static ObjectNode json(FileDifference file) {
        return Json.object()
                .put("what", "file")
                .put("change", word(file))
                .put("path", file.entry().shown())
                .put("bytesBefore", file.bytesBefore())
                .put("bytesAfter", file.bytesAfter());
    }

    private static String word(FileDifference file) {
        return file.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Pages; "nothing" when there is none. */
    public static String table(List<MemoryDifference> memory) {
        Table table = new Table(">PROCESS", ">CHANGED", ">ADDED", ">REMOVED", "MAPPING");
        memory.forEach(m -> table.row(
                m.space(),
                Long.toString(m.changed()),
                Long.toString(m.added()),
                Long.toString(m.removed()),
                m.mapping()));
        return memory.isEmpty() ? "nothing\n" : table.toString();
    }

    /** Pages of {@value Block#SIZE} bytes. */
    public static ObjectNode json(MemoryDifference memory) {
        return Json.object()
                .put("what", "memory")
                .put("space", memory.space())
                .put("mapping", memory.mapping())
                .put("pagesChanged", memory.changed())
                .put("pagesAdded", memory.added())
                .put("pagesRemoved", memory.removed());
    }

    /** A line each; none when nothing came or went. */
    public static List<String> lines(ProcessComparison processes) {
        List<String> lines = new ArrayList<>();
        processes.came().forEach(p -> lines.add("came    " + p.pid() + "  " + p.command()));
        processes.went().forEach(p -> lines.add("went    " + p.pid() + "  " + p.command()));
        processes.opened().forEach(d -> lines.add("opened  " + descriptor(d)));
        processes.closed().forEach(d -> lines.add("closed  " + descriptor(d)));
        return lines;
    }

    private static String descriptor(Descriptor open) {
        return open.pid() + "  " + open.number() + "  " + open.name();
    }

    public static List<ObjectNode> json(ProcessComparison processes) {
        List<ObjectNode> all = new ArrayList<>();
        processes.came().forEach(p -> all.add(process("came", p)));
        processes.went().forEach(p -> all.add(process("went", p)));
        processes.opened().forEach(d -> all.add(descriptor("opened", d)));
        processes.closed().forEach(d -> all.add(descriptor("closed", d)));
        return all;
    }

    private static ObjectNode process(String change, Member process) {
        return Json.object()
                .put("what", "process")
                .put("change", change)
                .put("pid", process.pid())
                .put("command", process.command());
    }

    private static ObjectNode descriptor(String change, Descriptor open) {
        return Json.object()
                .put("what", "descriptor")
                .put("change", change)
                .put("pid", open.pid())
                .put("number", open.number())
                .put("name", open.name());
    }
}
