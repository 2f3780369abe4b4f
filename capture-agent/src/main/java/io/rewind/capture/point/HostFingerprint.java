package io.rewind.capture.point;

import io.rewind.event.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Kernel, processor and CRIU of this host. */
public final class HostFingerprint {
    private HostFingerprint() {}

    public static Fingerprint of(String criuVersion) {
        try {
            List<String> cpu = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return new Fingerprint(
                    Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim(),
                    System.getProperty("os.arch", ""),
                    cpu.stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).trim())
                            .findFirst()
                            .orElse(""),
                    criuVersion);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
