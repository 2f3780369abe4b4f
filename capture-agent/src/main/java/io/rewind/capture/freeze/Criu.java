package io.rewind.capture.freeze;

import io.rewind.capture.CaptureFault;
import io.rewind.criu.CriuVersion;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.priority.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CRIU of this host. Starts it from one platform thread that lives as long as this object: the kernel ties the
 * death signal of a child to the thread that started it.
 */
public final class Criu implements AutoCloseable {
    private final String program;
    private final String path;
    private final CriuVersion version;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("criu-starter").daemon().factory());

    /** @throws Fault FATAL CRIU_UNUSABLE when it is missing or too old to dump without memory */
    public Criu(String program) {
        this(program, List.of());
    }

    /** @param tools folders that are searched for what CRIU calls, before the usual ones */
    public Criu(String program, List<Path> tools) {
        this.program = program;
        this.path = Stream.concat(
                        tools.stream().map(tool -> tool.toAbsolutePath().toString()), Stream.of(usualPath()))
                .collect(Collectors.joining(":"));
        this.version = probe();
        if (!version.atLeast(4, 1)) {
            throw unusable("CRIU " + version + " is too old: version 4.2 or later is needed");
        }
    }

    private static String usualPath() {
        return System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    }

    public CriuVersion version() {
        return version;
    }

    private CriuVersion probe() {
        try {
            Process process = onStarter(() -> new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .start());
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return CriuVersion.parse(printed);
        } catch (IOException e) {
            throw unusable("criu cannot be started (" + e.getMessage() + "): install CRIU 4.2 or later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unusable("interrupted while asking criu for its version");
        }
    }

    String program() {
        return program;
    }

    /**
     * Starts {@code criu} with the arguments of a dump into {@code images}, by way of the command {@code wrapper}. It is ended when {@code limit} has passed, or
     * when this process dies: then what it had frozen runs on; see {@link DumpGuard}.
     */
    Process start(List<String> wrapper, List<String> arguments, Path images, Pause pause, Duration limit)
            throws IOException {
        List<String> dump = Stream.of(wrapper, List.of(program), arguments)
                .flatMap(List::stream)
                .toList();
        ProcessBuilder guarded = new ProcessBuilder(DumpGuard.of(dump, images, pause, limit))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        guarded.environment().put("PATH", path);
        return onStarter(guarded::start);
    }

    private Process onStarter(Callable<Process> start) throws IOException {
        try {
            return starter.submit(() -> firstInLine(start)).get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A program gets the priority of the thread that starts it. */
    private static Process firstInLine(Callable<Process> start) throws Exception {
        try (Priority.Raised _ = Priority.thread()) {
            return start.call();
        }
    }

    private static Fault unusable(String why) {
        return new Fault(CaptureFault.CRIU_UNUSABLE, Severity.FATAL, why);
    }

    @Override
    public void close() {
        starter.shutdown();
    }
}
