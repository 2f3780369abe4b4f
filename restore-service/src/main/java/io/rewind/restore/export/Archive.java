package io.rewind.restore.export;

import io.rewind.restore.look.LookFault;
import io.rewind.restore.look.Moment;
import io.rewind.restore.points.PointSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** An export in one file, made by GNU tar, which CRIU needs as well: sparse, with attributes and the overlay's marks. */
public final class Archive {
    private Archive() {}

    /**
     * Like {@link Export#into}, through a folder beside the file.
     *
     * @param file does not exist yet
     */
    public static int write(PointSource source, Moment moment, Path file, IntConsumer percent) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw LookFault.TARGET_EXISTS.because(file + " is there already; nothing is written over.");
        }
        Path folder = file.resolveSibling("." + file.getFileName() + ".building");
        int cores = Export.into(source, moment, folder, percent);
        try {
            tar(folder, file);
            return cores;
        } finally {
            Export.remove(folder);
        }
    }

    private static void tar(Path folder, Path file) {
        List<String> command = List.of(
                "tar",
                "--create",
                "--sparse",
                "--xattrs",
                "--xattrs-include=*",
                "--file",
                file.toAbsolutePath().toString(),
                "--directory",
                folder.toAbsolutePath().toString(),
                ".");
        try {
            Process tar = new ProcessBuilder(command).redirectErrorStream(true).start();
            tar.getOutputStream().close();
            String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (tar.waitFor() != 0) {
                Files.deleteIfExists(file);
                throw LookFault.TARGET_FAILED.because("tar cannot write " + file + ": " + said + ".");
            }
        } catch (IOException e) {
            throw LookFault.TARGET_FAILED.because("An archive needs the program tar: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LookFault.TARGET_FAILED.because("Interrupted while the archive was written.", e);
        }
    }
}
