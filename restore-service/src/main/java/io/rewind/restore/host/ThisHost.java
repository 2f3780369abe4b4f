package io.rewind.restore.host;

import io.rewind.criu.CriuVersion;
import io.rewind.event.Fingerprint;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.host.HostFingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** This host, to be compared with those that points were captured on. */
public final class ThisHost {
    private ThisHost() {}

    /** CRIU's version is empty where it cannot be asked: then a restore fails by itself. */
    public static Fingerprint fingerprint() {
        return HostFingerprint.of(criu());
    }

    private static String criu() {
        try {
            Process process = new ProcessBuilder("criu", "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return CriuVersion.parse(printed).toString();
        } catch (IOException | Fault e) {
            return "";
        }
    }
}
