package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Table;
import io.rewind.restore.look.Processes.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes of a point as people and programs see them. Ids are those inside the container. */
public final class ProcessView {
    private ProcessView() {}

    /** Children below their parents, indented. */
    public static String table(List<Member> processes) {
        Table table = new Table(">PID", ">PPID", ">THREADS", ">RESIDENT", "COMMAND");
        Map<Integer, Integer> depths = new HashMap<>();
        for (Member process : processes) {
            int depth = depths.getOrDefault(process.ppid(), -1) + 1;
            depths.put(process.pid(), depth);
            table.row(
                    Integer.toString(process.pid()),
                    Integer.toString(process.ppid()),
                    Integer.toString(process.threads()),
                    Amounts.bytes(process.residentBytes()),
                    "  ".repeat(Math.min(depth, 32)) + process.command() + (process.zombie() ? " (zombie)" : ""));
        }
        return table.toString();
    }

    public static ArrayNode json(List<Member> processes) {
        ArrayNode array = Json.array();
        processes.forEach(process -> array.add(json(process)));
        return array;
    }

    static ObjectNode json(Member process) {
        ObjectNode json = Json.object()
                .put("pid", process.pid())
                .put("ppid", process.ppid())
                .put("threads", process.threads())
                .put("residentBytes", process.residentBytes())
                .put("name", process.name())
                .put("command", process.command())
                .put("zombie", process.zombie());
        ObjectNode open = json.putObject("open");
        process.descriptors().forEach((number, name) -> open.put(Integer.toString(number), name));
        return json;
    }
}
