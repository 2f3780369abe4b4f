package io.rewind.cli.stand;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program run to its end; its output, both streams, as text. */
public final class Program {
    private Program() {}

    /** @throws Fault PROGRAM_FAILED with the last line it said, unless it ends with 0 */
    public static String run(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                List<String> lines = said.lines().toList();
                throw failed(words, lines.isEmpty() ? "exit code " + code : lines.getLast());
            }
            return said;
        } catch (IOException e) {
            throw failed(words, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(words, "interrupted");
        }
    }

    private static Fault failed(String[] words, String why) {
        String what = words.length > 1 ? words[0] + " " + words[1] : words[0];
        return new Fault(StandFault.PROGRAM_FAILED, Severity.RETRYABLE, "`" + what + "` failed: " + why);
    }
}
