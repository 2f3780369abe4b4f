package io.rewind.restore.export;

import io.rewind.criu.ImageNames;
import io.rewind.criu.ProcessTree;
import io.rewind.criu.elf.CoreFile;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.look.LookFault;
import io.rewind.restore.look.Moment;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.rebuild.PointRebuild;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.id.PointId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * <pre>
 *   README.md        the commands
 *   images/          CRIU's images, with all memory
 *   upper/           the upper directory of the container's overlay
 *   config.json      with mounts/ and criu.conf: the rest of an OCI bundle
 *   container.json   what the engine said of the container
 *   cores/core.17    process 17, for a debugger
 * </pre>
 */
public final class Export {
    private static final Limits LIMITS = new Limits(4_000_000, 64_000_000, 512L << 30);

    private Export() {}

    /**
     * Makes the folder; leaves nothing when it fails.
     *
     * @param percent hears how much has come, 0 to 100
     * @return how many processes have a core
     * @throws io.rewind.runtime.fault.Fault TARGET_EXISTS, TARGET_FAILED, and what a restore says of a point
     */
    public static int into(PointSource source, Moment moment, Path folder, IntConsumer percent) {
        make(folder);
        try {
            return fill(source, moment, folder, percent);
        } catch (IOException e) {
            remove(folder);
            throw LookFault.TARGET_FAILED.because(folder + " cannot be written: " + e.getMessage() + ".", e);
        } catch (RuntimeException | Error e) {
            remove(folder);
            throw e;
        }
    }

    private static int fill(PointSource source, Moment moment, Path folder, IntConsumer percent) throws IOException {
        PointRebuild rebuild = new PointRebuild(source, LIMITS, PagesPlace.onDisk(), bytes -> {});
        PointPlan plan =
                rebuild.plan(moment.timeline(), new PointId(moment.header().getPoint()));
        Path images = folder.resolve("images");
        Stage stage = new Stage(folder.resolve("building"));
        rebuild.run(moment.timeline(), plan, images, Map.of("", stage), percent);
        Files.move(stage.tree(), folder.resolve("upper"));
        stage.remove();
        int cores = cores(images, Files.createDirectory(folder.resolve("cores")));
        Files.write(folder.resolve("container.json"), plan.spec());
        Bundle bundle = Bundle.of(images, plan.spec());
        bundle.write(folder);
        Files.writeString(folder.resolve("README.md"), Readme.of(plan.header(), bundle));
        return cores;
    }

    private static int cores(Path images, Path cores) {
        int written = 0;
        for (ProcessTree.Task task :
                ProcessTree.read(images.resolve(ImageNames.PROCESS_TREE)).processes()) {
            if (CoreFile.write(images, task, cores.resolve("core." + task.pid()))) {
                written++;
            }
        }
        return written;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"))) {
                Files.delete(folder);
                throw LookFault.TARGET_FAILED.because(
                        "An export needs root: it makes files of any owner, and the overlay's marks of deleted ones.");
            }
        } catch (FileAlreadyExistsException e) {
            throw LookFault.TARGET_EXISTS.because(folder + " is there already; nothing is written over.", e);
        } catch (IOException e) {
            throw LookFault.TARGET_FAILED.because(folder + " cannot be made: " + e.getMessage() + ".", e);
        }
    }

    static void remove(Path folder) {
        try (Directory parent =
                Directory.open(folder.toAbsolutePath().resolveSibling(".").normalize())) {
            parent.removeTree(PosixPath.of(String.valueOf(folder.getFileName())));
        }
    }
}
