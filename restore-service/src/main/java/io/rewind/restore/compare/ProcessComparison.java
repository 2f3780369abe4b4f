package io.rewind.restore.compare;

import io.rewind.restore.look.Processes;
import io.rewind.restore.look.Processes.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes, and open files of those that are in both points.
 *
 * @param came and {@code went} a process that runs another program than before did both
 */
public record ProcessComparison(
        List<Member> came, List<Member> went, List<Descriptor> opened, List<Descriptor> closed) {
    /** An open file; {@code name} is safe to be shown. */
    public record Descriptor(int pid, int number, String name) {}

    private record Identity(int pid, String command) {}

    public static ProcessComparison of(Processes before, Processes after) {
        Map<Identity, Member> was = byIdentity(before);
        Map<Identity, Member> is = byIdentity(after);
        List<Descriptor> opened = new ArrayList<>();
        List<Descriptor> closed = new ArrayList<>();
        is.forEach((identity, now) -> Optional.ofNullable(was.get(identity)).ifPresent(then -> {
            only(now, then, opened);
            only(then, now, closed);
        }));
        return new ProcessComparison(without(is, was), without(was, is), opened, closed);
    }

    private static Map<Identity, Member> byIdentity(Processes processes) {
        Map<Identity, Member> all = new LinkedHashMap<>();
        processes.all().forEach(p -> all.put(new Identity(p.pid(), p.command()), p));
        return all;
    }

    private static List<Member> without(Map<Identity, Member> these, Map<Identity, Member> those) {
        return these.entrySet().stream()
                .filter(e -> !those.containsKey(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void only(Member in, Member notIn, List<Descriptor> found) {
        in.descriptors().forEach((number, name) -> {
            if (!name.equals(notIn.descriptors().get(number))) {
                found.add(new Descriptor(in.pid(), number, name));
            }
        });
    }
}
