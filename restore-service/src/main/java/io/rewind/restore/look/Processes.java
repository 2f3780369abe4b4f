package io.rewind.restore.look;

import io.rewind.criu.AddressSpace;
import io.rewind.criu.Entry;
import io.rewind.criu.ImageNames;
import io.rewind.criu.OpenFile;
import io.rewind.criu.PageMap;
import io.rewind.criu.ProcessTree;
import io.rewind.criu.TaskCore;
import io.rewind.restore.points.PointSource;
import io.rewind.runtime.posix.PosixPath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The processes of a point, parents before children.
 *
 * @param all as CRIU's images have them; texts are safe to be shown
 * @param spaces what is mapped where, by process
 * @param files what all of them have open or mapped
 */
public record Processes(List<Member> all, Map<Integer, AddressSpace> spaces, OpenFile.Table files) {
    private static final String DESCRIPTORS = "fdinfo-";

    /**
     * One process; ids are those inside the container.
     *
     * @param residentBytes of memory that the point has of it: without pages of files that nobody wrote to
     * @param name as the kernel has it
     * @param command with its arguments, shortened; the name in brackets where there are none
     * @param descriptors what is open, by number: a path, or the kind of what has none
     */
    public record Member(
            int pid,
            int ppid,
            int threads,
            long residentBytes,
            String name,
            String command,
            boolean zombie,
            Map<Integer, String> descriptors) {}

    public Processes {
        all = List.copyOf(all);
        spaces = Map.copyOf(spaces);
    }

    /** @param folder empty, private; takes images */
    public static Processes of(PointSource source, Moment moment, Path folder) {
        Images.bring(source, moment, folder);
        ProcessTree tree = ProcessTree.read(folder.resolve(ImageNames.PROCESS_TREE));
        Map<Integer, AddressSpace> spaces = new HashMap<>();
        for (ProcessTree.Task task : tree.processes()) {
            Path file = folder.resolve("mm-" + task.pid() + ".img");
            if (isThere(file)) {
                spaces.put(task.pid(), AddressSpace.read(file));
            }
        }
        Map<Integer, String> commands = CommandLines.of(source, moment, folder, spaces);
        OpenFile.Table files = OpenFile.Table.read(folder.resolve("files.img"));
        List<Member> all = new ArrayList<>();
        for (ProcessTree.Task task : tree.processes()) {
            all.add(member(folder, task, Optional.ofNullable(commands.get(task.pid())), files));
        }
        return new Processes(all, spaces, files);
    }

    private static Member member(Path folder, ProcessTree.Task task, Optional<String> command, OpenFile.Table files) {
        TaskCore core = TaskCore.read(folder.resolve("core-" + task.pid() + ".img"));
        String name = PosixPath.display(core.comm().toByteArray());
        Path pages = folder.resolve(ImageNames.pageMap(Integer.toString(task.pid())));
        Path ids = folder.resolve("ids-" + task.pid() + ".img");
        long table = core.files() == 0 && isThere(ids) ? TaskCore.filesOf(ids) : core.files();
        Path open = folder.resolve(DESCRIPTORS + table + ".img");
        return new Member(
                task.pid(),
                task.ppid(),
                Math.max(1, task.threads().size()),
                isThere(pages) ? PageMap.read(pages).pages() * Entry.PAGE : 0,
                name,
                command.filter(c -> !c.isBlank()).orElse("[" + name + "]"),
                !core.isAlive(),
                isThere(open) ? shown(files.descriptors(open)) : Map.of());
    }

    private static Map<Integer, String> shown(Map<Integer, OpenFile> descriptors) {
        Map<Integer, String> shown = new TreeMap<>();
        descriptors.forEach((number, file) -> shown.put(number, shown(file)));
        return shown;
    }

    private static String shown(OpenFile file) {
        return file.name().isEmpty()
                ? "[" + file.kind() + "]"
                : PosixPath.display(file.name().toByteArray());
    }

    /** What a mapping of a process is called, safe to be shown. */
    public String label(AddressSpace.Mapping mapping) {
        return mapping.isFile() ? shown(files.mapped(mapping.source())) : mapping.label();
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
