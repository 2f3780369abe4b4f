package io.rewind.cli.demo;

import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** An image of one static busybox and the workload, made without any registry. */
final class DemoImage {
    /** Where the launcher put one, then the usual places. */
    private static final List<Path> BUSYBOX = Stream.of(
                    System.getenv().getOrDefault("REWIND_BUSYBOX", ""), "/bin/busybox", "/usr/bin/busybox")
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();

    private static final List<String> TOOLS = List.of("sh", "cat", "mkdir", "rm", "sleep", "date");
    /** A program that needs a loader names it in its first page. */
    private static final int HEAD = 4096;

    private DemoImage() {}

    /** Made in {@code folder}, known to the engine as {@code tag}. */
    static void make(Path folder, String tag) throws IOException {
        Path root = Files.createDirectories(folder.resolve("image"));
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.copy(busybox(), bin.resolve("busybox"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("busybox"));
        }
        try (InputStream in = Objects.requireNonNull(DemoImage.class.getResourceAsStream("workload.sh"))) {
            Files.copy(in, root.resolve("workload"));
        }
        Files.setPosixFilePermissions(root.resolve("workload"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(bin.resolve("busybox"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path tar = folder.resolve("image.tar");
        Program.run("tar", "-C", root.toString(), "--owner=0", "--group=0", "-cf", tar.toString(), ".");
        Program.run("docker", "import", tar.toString(), tag);
    }

    private static Path busybox() throws IOException {
        for (Path path : BUSYBOX) {
            if (Files.isExecutable(path) && isStatic(path)) {
                return path;
            }
        }
        throw new Fault(
                DemoFault.BUSYBOX_MISSING,
                Severity.FATAL,
                "the demo needs a statically linked busybox; install the package busybox-static");
    }

    private static boolean isStatic(Path program) throws IOException {
        try (InputStream in = Files.newInputStream(program)) {
            return !new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains("/ld-");
        }
    }
}
