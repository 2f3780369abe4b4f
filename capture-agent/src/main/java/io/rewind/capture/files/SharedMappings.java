package io.rewind.capture.files;

import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Files that a process may write through memory, which leaves their times as they were; see proc_pid_maps(5). */
public final class SharedMappings {
    private static final int FIELDS = 6;

    private SharedMappings() {}

    /** Paths, relative to the container's root, of files that any of the processes has mapped shared and writable. */
    public static Set<String> writable(Collection<ProcessKey> processes) throws IOException {
        Set<String> paths = new HashSet<>();
        for (ProcessKey process : processes) {
            Path maps = Path.of("/proc", Integer.toString(process.pid()), "maps");
            try {
                add(paths, maps);
            } catch (IOException e) {
                // It ended; whatever it wrote through memory it wrote before.
                if (Files.exists(maps)) {
                    throw e;
                }
            }
        }
        return paths;
    }

    private static void add(Set<String> paths, Path maps) throws IOException {
        for (String line : Files.readAllLines(maps, StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(" +", FIELDS);
            if (fields.length == FIELDS && fields[1].startsWith("rw") && fields[1].endsWith("s")) {
                String path = fields[FIELDS - 1];
                if (path.startsWith("/")) {
                    paths.add(path.substring(1));
                }
            }
        }
    }
}
