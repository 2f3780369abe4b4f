package io.rewind.capture.tracker;

import io.rewind.runtime.process.ProcessKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A shell that changes its memory when it is told to, to try mechanisms on. It is a child's child: the stops of a
 * traced child of our own could be taken for its end by the thread that waits for it.
 */
final class ThrowAwayProcess implements AutoCloseable {
    private static final String WRITER = "echo $$; while read -r x; do y=$x$x; echo $x; done";

    private final Process parent;
    private final BufferedReader answers;
    private final Writer orders;
    private final ProcessKey key;
    private int written;

    ThrowAwayProcess() throws IOException {
        // A command in the background has no standard input unless it is given one.
        parent = new ProcessBuilder("/bin/sh", "-c", "exec 3<&0; /bin/sh -c '" + WRITER + "' <&3 & wait")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = parent.inputReader(StandardCharsets.US_ASCII);
        orders = parent.outputWriter(StandardCharsets.US_ASCII);
        int pid = Integer.parseInt(answer());
        key = ProcessKey.of(pid).orElseThrow(() -> new IOException("the process to try trackers on ended"));
    }

    ProcessKey key() {
        return key;
    }

    /** Returns when it has written to its memory and waits again. */
    void write() throws IOException {
        orders.write("value-" + written++ + "\n");
        orders.flush();
        answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the process to try trackers on ended");
        }
        return line;
    }

    /** It ends with its input. */
    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
        parent.destroy();
    }
}
