package io.rewind.store.encryption;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where keys come from. */
public sealed interface KeySource {
    /** Nowhere: nothing is encrypted. */
    record None() implements KeySource {}

    record File(Path path) implements KeySource {}

    /** What it prints, run by {@code /bin/sh}. */
    record Command(String line) implements KeySource {}

    /** The keys' text, see {@link KeyRing}. @throws Fault FATAL STORE_LOCKED when it is not to be had */
    default String text() {
        return switch (this) {
            case None() -> "";
            case File(Path path) -> {
                try {
                    yield Files.readString(path);
                } catch (IOException e) {
                    throw locked("the key file " + path + " cannot be read: " + e);
                }
            }
            case Command(String line) -> output(line);
        };
    }

    private static String output(String line) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", line)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw locked("the key command ended with code " + code);
            }
            return text;
        } catch (IOException e) {
            throw locked("the key command cannot be run: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw locked("interrupted while the key command ran");
        }
    }

    private static Fault locked(String sentence) {
        return new Fault(StoreFault.STORE_LOCKED, Severity.FATAL, sentence);
    }
}
