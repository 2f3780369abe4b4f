package io.rewind.restore.tree;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.BlockSink;
import io.rewind.restore.fetch.FileSink;
import io.rewind.restore.fetch.OpenFiles;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.PosixPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * A private folder on the file system where a tree is to be, so that the tree gets into place by a rename.
 *
 * <pre>
 *   content/17   bytes of the entry that is stream 17 of the plan, while the tree is built
 *   tree/        the tree
 *   old/         what stood where the tree went, after the exchange
 * </pre>
 *
 * What could not be put back is moved out of it:
 *
 * <pre>
 *   (name of the folder).kept/
 * </pre>
 */
public record Stage(Path folder) {
    /** Empties and creates it. */
    public void create() {
        remove();
        try (Directory parent = Directory.open(parent())) {
            parent.makeDirectory(name(), 0700);
        } catch (ErrnoException e) {
            throw RestoreCode.DISK_FAILED.because("The files cannot be rebuilt here: " + e.getMessage() + ".", e);
        }
        try (Directory stage = Directory.open(folder)) {
            stage.makeDirectory(PosixPath.of("content"), 0700);
            stage.makeDirectory(PosixPath.of("tree"), 0700);
        }
    }

    /** For the content of a stream of the plan. */
    public BlockSink sink(OpenFiles files, int stream, PlannedStream of) {
        return new FileSink(files, folder.resolve("content").resolve(Integer.toString(stream)), of.size());
    }

    /** Makes the tree of that name from its entries, parents first as they come. All content must be there. */
    public void build(String tree, List<PlannedStream> streams) {
        try (Directory content = Directory.open(folder.resolve("content"));
                Directory root = Directory.open(tree())) {
            new TreeBuild(tree, content, root).build(streams);
        } catch (ErrnoException e) {
            throw RestoreCode.DISK_FAILED.because("The files cannot be rebuilt here: " + e.getMessage() + ".", e);
        }
    }

    public Path tree() {
        return folder.resolve("tree");
    }

    public Path old() {
        return folder.resolve("old");
    }

    /** Moves what stood there before out of the stage; false when it is not in it. */
    public boolean keepOld() {
        if (!Files.exists(old(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Files.move(old(), folder.resolveSibling(folder.getFileName() + ".kept"));
            return true;
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(old() + " cannot be kept: " + e.getMessage() + ".", e);
        }
    }

    /** Removes it with all in it, if it is there. */
    public void remove() {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Directory parent = Directory.open(parent())) {
                parent.removeTree(name());
            } catch (ErrnoException e) {
                throw RestoreCode.DISK_FAILED.because(folder + " cannot be removed: " + e.getMessage() + ".", e);
            }
        }
    }

    private Path parent() {
        return folder.resolveSibling(".").normalize();
    }

    private byte[] name() {
        return PosixPath.of(String.valueOf(folder.getFileName()));
    }
}
