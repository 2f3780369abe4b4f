package io.rewind.benchmarks.subject;

import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The service of the JVM workload: its source is a resource, compiled for the JVM of the image, which is older. */
final class JvmService {
    private static final String RELEASE = "17";

    private JvmService() {}

    /** @return the class file, which goes with the cleanup */
    static Path compile(Cleanup cleanup) {
        try {
            Path folder = Files.createTempDirectory("rewind-bench-jvm-");
            cleanup.add(() -> Program.run("rm", "-r", folder.toString()));
            return compile(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path compile(Path folder) throws IOException {
        Path source = folder.resolve("JvmService.java");
        try (InputStream in = Objects.requireNonNull(JvmService.class.getResourceAsStream("JvmService.java.txt"))) {
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int exit = compiler.run(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "--release",
                RELEASE,
                "-d",
                folder.toString(),
                source.toString());
        if (exit != 0) {
            throw new IOException("the service of the JVM workload does not compile");
        }
        return folder.resolve("JvmService.class");
    }
}
