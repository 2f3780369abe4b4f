package io.rewind.restore.images;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where pages files lie: on a file system in memory when there is room, where writing never waits for a disk, or else
 * beside the other images. There, a link stands for one that lies in memory. Thread-safe.
 *
 * @param memory a folder on a tmpfs; empty to use none
 */
public record PagesPlace(Optional<Path> memory) {
    private static final Logger log = LoggerFactory.getLogger(PagesPlace.class);

    /** What others on the host are left. */
    private static final long RESERVE = 512L << 20;

    /** Always beside the images. */
    public static PagesPlace onDisk() {
        return new PagesPlace(Optional.empty());
    }

    /**
     * The folder for the pages files of an image folder, made if need be.
     *
     * @param bytes that will be written
     */
    Path forPagesOf(Path images, long bytes) {
        Optional<Path> inMemory = memory.filter(m -> hasRoom(m, bytes)).map(m -> m.resolve(name(images)));
        if (inMemory.isEmpty()) {
            return images;
        }
        try {
            release(images);
            return Files.createDirectory(
                    inMemory.get(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            log.warn("{} cannot be used, the disk is: {}", inMemory.get(), e.toString());
            return images;
        }
    }

    /** CRIU opens images when its root is the container's: an absolute link would lead there, a relative one does not. */
    void link(Path images, Path pagesFolder, String name) {
        if (pagesFolder.equals(images)) {
            return;
        }
        try {
            Path from = images.toRealPath();
            Files.createSymbolicLink(
                    from.resolve(name),
                    from.relativize(pagesFolder.toRealPath()).resolve(name));
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(images + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Removes what lies in memory of an image folder, if anything does. */
    public void release(Path images) {
        memory.filter(m -> Files.exists(m.resolve(name(images)), LinkOption.NOFOLLOW_LINKS))
                .ifPresent(m -> {
                    try (Directory parent = Directory.open(m)) {
                        parent.removeTree(PosixPath.of(name(images)));
                    }
                });
    }

    /** Its own name and that of the folder it is in, which is the request's id. */
    private static String name(Path images) {
        Path absolute = images.toAbsolutePath().normalize();
        return "rewind-" + absolute.resolveSibling(".").normalize().getFileName() + "-" + absolute.getFileName();
    }

    /** Room for the files, and for the same once more: the memory of the restored processes. */
    private static boolean hasRoom(Path memory, long bytes) {
        try {
            return Files.getFileStore(memory).getUsableSpace() - RESERVE > bytes && available() - RESERVE > 2 * bytes;
        } catch (IOException e) {
            log.warn("{} cannot be asked for its room: {}", memory, e.toString());
            return false;
        }
    }

    /** Bytes that programs may take without others having to give way; see proc_meminfo(5). */
    private static long available() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        return 0;
    }
}
