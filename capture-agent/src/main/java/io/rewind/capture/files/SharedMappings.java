package io.rewind.capture.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Files that a process may write through memory, which leaves their times as they were; see proc_pid_maps(5). */
public final class SharedMappings {
    private static final int FIELDS = 6;

    private SharedMappings() {}

    /** Paths, relative to the process's root, of files mapped shared and writable. */
    public static Set<String> writable(int pid) throws IOException {
        Set<String> paths = new HashSet<>();
        Path maps = Path.of("/proc", Integer.toString(pid), "maps");
        for (String line : Files.readAllLines(maps, StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(" +", FIELDS);
            if (fields.length == FIELDS && fields[1].startsWith("rw") && fields[1].endsWith("s")) {
                String path = fields[FIELDS - 1];
                if (path.startsWith("/")) {
                    paths.add(path.substring(1));
                }
            }
        }
        return paths;
    }
}
