package io.rewind.cli.command;

import io.rewind.cli.client.Look;
import io.rewind.cli.client.PointChoice;
import io.rewind.cli.client.Session;
import io.rewind.cli.output.Terminal;
import io.rewind.restore.look.Extraction;
import io.rewind.restore.look.FolderSink;
import io.rewind.restore.look.LookFault;
import io.rewind.restore.look.Moment;
import io.rewind.restore.look.Scratch;
import io.rewind.restore.look.Spot;
import io.rewind.restore.look.TarSink;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.id.ContainerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rewind extract}. */
@Command(
        name = "extract",
        description = {
            "Copy a file or a directory out of a point, as `docker cp` does out of a container.",
            PointArgument.CHANGED,
            "Nothing is written over, nothing outside of DEST is touched; owners, set-id bits, sockets and devices are"
                    + " left behind. A tar archive keeps owners and modes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rewind extract web -5m /etc/nginx .",
            "  rewind extract web latest /data/log log-then",
            "  rewind extract web latest /data - | tar -t"
        })
final class ExtractCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "Its name or id, or the id of a timeline.")
    private String container = "";

    @Parameters(index = "1", paramLabel = "POINT", description = PointArgument.HELP)
    private String point = "";

    @Parameters(index = "2", paramLabel = "PATH", description = "Inside the container.")
    private String path = "";

    @Parameters(
            index = "3",
            paramLabel = "DEST",
            arity = "0..1",
            description =
                    "A folder to put it into, a name that does not exist yet, or - for a tar archive on the standard"
                            + " output (default: the current folder).")
    private String destination = ".";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    ExtractCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ContainerName name = new ContainerName(container);
        PointChoice choice = PointArgument.parse(point);
        try (Session session = cluster.session();
                Look look = new Look(session);
                Scratch scratch = Scratch.create()) {
            Moment moment = look.moment(name, choice);
            Spot spot = Spot.of(path, moment.point().spec());
            long leftOut = destination.equals(STANDARD_OUTPUT)
                    ? archive(look, moment, spot, scratch)
                    : folder(look, moment, spot, scratch);
            if (leftOut > 0) {
                terminal.say(leftOut + " entries were left out: sockets, fifos, marks of deleted files");
            }
        }
        return 0;
    }

    private long archive(Look look, Moment moment, Spot spot, Scratch scratch) {
        TarSink sink = new TarSink(terminal.bytes(), spot, PosixPath.name(spot.name()));
        Extraction.pour(look.source(), moment, spot, scratch.folder(), sink);
        sink.finish();
        return sink.leftOut();
    }

    private long folder(Look look, Moment moment, Spot spot, Scratch scratch) {
        Path target = Path.of(destination).toAbsolutePath().normalize();
        boolean into = Files.isDirectory(target);
        Path root = into ? target : target.resolveSibling(".").normalize();
        byte[] top = into ? PosixPath.name(spot.name()) : PosixPath.of(String.valueOf(target.getFileName()));
        try (Directory open = Directory.open(root);
                FolderSink sink = new FolderSink(open, spot, top)) {
            Extraction.pour(look.source(), moment, spot, scratch.folder(), sink);
            return sink.leftOut();
        } catch (ErrnoException e) {
            throw LookFault.TARGET_FAILED.because(root + " cannot be written: " + e.getMessage(), e);
        }
    }
}
