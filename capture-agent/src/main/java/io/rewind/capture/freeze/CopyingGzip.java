package io.rewind.capture.freeze;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A {@code gzip} that only copies. CRIU has tar call gzip for every tmpfs, and while it compresses the container stands
 * still; what it wrote is unpacked afterwards anyway.
 */
public final class CopyingGzip {
    private CopyingGzip() {}

    /** @return the folder to be searched for it */
    public static Path in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path gzip = Files.writeString(folder.resolve("gzip"), "#!/bin/sh\nexec cat\n");
        Files.setPosixFilePermissions(gzip, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }
}
