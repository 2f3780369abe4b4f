package io.rewind.cli.folder;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** At most one node on a folder. The kernel gives the lock back however its holder ends. */
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws Fault FOLDER_IN_USE, FOLDER_UNUSABLE */
    public static FolderLock take(DataFolder folder) {
        return tryTake(folder.create())
                .orElseThrow(() -> new Fault(
                        FolderFault.FOLDER_IN_USE,
                        Severity.REJECTED,
                        "another node is running or starting on " + folder + "; see `rewind status`"));
    }

    /** Whether some process holds the folder at this moment. */
    public static boolean isHeld(DataFolder folder) {
        if (!Files.exists(folder.lock())) {
            return false;
        }
        Optional<FolderLock> taken = tryTake(folder);
        taken.ifPresent(FolderLock::close);
        return taken.isEmpty();
    }

    private static Optional<FolderLock> tryTake(DataFolder folder) {
        try {
            FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return Optional.of(new FolderLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new Fault(
                    FolderFault.FOLDER_UNUSABLE,
                    Severity.FATAL,
                    "the data folder " + folder + " cannot be locked; are you allowed to write to it?",
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Fault(FolderFault.FOLDER_UNUSABLE, Severity.FATAL, "the folder's lock cannot be given back", e);
        }
    }
}
