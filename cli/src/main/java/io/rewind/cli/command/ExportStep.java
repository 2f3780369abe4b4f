package io.rewind.cli.command;

import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import io.rewind.restore.export.Archive;
import io.rewind.restore.export.Export;
import io.rewind.restore.look.Moment;
import io.rewind.restore.points.PointSource;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** {@code rewind restore --export}: written where the command runs, by whoever runs it. */
final class ExportStep {
    private final Terminal terminal;
    private final boolean json;

    ExportStep(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int run(PointSource source, Moment moment, Path target) {
        String point = moment.header().getPoint();
        IntConsumer progress = percent -> terminal.progress("exporting point " + point, percent);
        int cores = target.toString().endsWith(".tar")
                ? Archive.write(source, moment, target, progress)
                : Export.into(source, moment, target, progress);
        terminal.print(
                json
                        ? Json.text(Json.object()
                                .put("state", "EXPORTED")
                                .put("point", point)
                                .put("target", target.toString())
                                .put("cores", cores))
                        : "point " + point + " is in " + target + ", with " + cores
                                + " core files; its README.md says how to use it");
        return 0;
    }
}
