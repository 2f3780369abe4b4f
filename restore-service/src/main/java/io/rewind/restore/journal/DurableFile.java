package io.rewind.restore.journal;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Either the old content or the new one, whatever happens. */
final class DurableFile {
    private DurableFile() {}

    static void replace(Path file, byte[] content) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Path parent = file.resolveSibling(".").normalize();
        try {
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw new Fault(
                    RestoreCode.DISK_FAILED, Severity.RETRYABLE, file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
