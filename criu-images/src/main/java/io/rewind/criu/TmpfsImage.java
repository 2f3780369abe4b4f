package io.rewind.criu;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What CRIU writes of a tmpfs: the output of {@code tar --create --gzip --sparse} and nothing around it
 * (criu/filesystems.c). Without gzip what stays the same looks the same; with it CRIU takes it back.
 */
public final class TmpfsImage {
    private static final Pattern NAME = Pattern.compile("tmpfs-(?:dev-)?[0-9]+\\.tar\\.gz\\.img");
    private static final int BUFFER = 64 << 10;
    private static final int[] GZIP = {0x1f, 0x8b};

    private TmpfsImage() {}

    /** The archive itself, see {@link AlignedArchive}; any other image as it is. */
    public static InputStream unpacked(Path image) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(image), BUFFER);
        try {
            if (!isTmpfs(image)) {
                return in;
            }
            return new AlignedArchive(isPacked(in) ? new GZIPInputStream(in, BUFFER) : in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Makes of an archive what CRIU wrote; any other image, or one that is so already, stays as it is. */
    public static void pack(Path image) throws IOException {
        if (!isTmpfs(image)) {
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(image), BUFFER)) {
            if (isPacked(in)) {
                return;
            }
            Path packed = image.resolveSibling(image.getFileName() + ".packed");
            try (OutputStream out = new Stored(new BufferedOutputStream(Files.newOutputStream(packed), BUFFER))) {
                in.transferTo(out);
            }
            Files.move(packed, image, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isTmpfs(Path image) {
        return NAME.matcher(String.valueOf(image.getFileName())).matches();
    }

    /** No archive begins so. */
    private static boolean isPacked(InputStream in) throws IOException {
        in.mark(GZIP.length);
        boolean packed = in.read() == GZIP[0] && in.read() == GZIP[1];
        in.reset();
        return packed;
    }

    /** To compress would only cost time: it is read back at once. */
    private static final class Stored extends GZIPOutputStream {
        Stored(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }
}
