package io.rewind.criu;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens image files as what they have to be: regular files, reached through no link of theirs. */
final class ImageFiles {
    private ImageFiles() {}

    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    @FunctionalInterface
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    static <T> T read(Path file, Reader<T> reader) {
        requireRegular(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
            return reader.read(in);
        } catch (IOException e) {
            throw CriuFault.io(file.getFileName() + " cannot be read.", e);
        }
    }

    static void write(Path file, Writer writer) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireRegular(file);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS))) {
            writer.write(out);
        } catch (IOException e) {
            throw CriuFault.io(file.getFileName() + " cannot be written.", e);
        }
    }

    /** Opening a fifo would wait forever, opening a link would leave the folder. */
    static void requireRegular(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CriuFault.IMAGE_DAMAGED.rejected(file.getFileName() + " is missing or not a regular file.");
        }
    }
}
