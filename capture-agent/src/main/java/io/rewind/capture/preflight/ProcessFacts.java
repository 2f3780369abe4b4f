package io.rewind.capture.preflight;

import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One process of the container.
 *
 * @param groups lines of its /proc/PID/cgroup
 */
record ProcessFacts(int pid, Identity identity, AddressSpace space, List<OpenFile> files, List<String> groups) {

    /** @throws IOException when it has ended */
    static ProcessFacts of(ProcessKey process) throws IOException {
        Path proc = Path.of("/proc", Integer.toString(process.pid()));
        List<OpenFile> files = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(proc.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    files.add(OpenFile.of(descriptor));
                } catch (IOException e) {
                    // Closed meanwhile.
                }
            }
        }
        return new ProcessFacts(
                process.pid(),
                Identity.parse(lines(proc, "status")),
                AddressSpace.parse(lines(proc, "maps")),
                files,
                lines(proc, "cgroup"));
    }

    static List<String> lines(Path folder, String file) throws IOException {
        return Files.readAllLines(folder.resolve(file), StandardCharsets.ISO_8859_1);
    }

    /** As a sentence begins. */
    String text() {
        return "process " + pid + " (" + identity.name() + ")";
    }
}
