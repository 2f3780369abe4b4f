package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another's program, with what it needs around it.
 *
 * @param base the program and the options that all its commands have
 */
record Tool(Path folder, Map<String, String> environment, List<String> base) {
    private static final int LINES = 2;

    static Tool of(String program) {
        return new Tool(Path.of("/"), Map.of(), List.of(program));
    }

    Tool in(Path newFolder) {
        return new Tool(newFolder, environment, base);
    }

    /** @return what it said, both streams; @throws Fault PEER_FAILED with the last lines of that */
    String run(String... words) {
        List<String> all = Stream.concat(base.stream(), Arrays.stream(words)).toList();
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw failed("`" + base.getFirst() + " " + words[0] + "` ended with " + code + ": " + gist(said));
            }
            return said;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    /** The last lines that say anything, in one. */
    static String gist(String said) {
        List<String> lines =
                said.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        return lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining(" / "));
    }

    private static Fault failed(String why) {
        return new Fault(BenchFault.PEER_FAILED, Severity.REJECTED, why);
    }
}
