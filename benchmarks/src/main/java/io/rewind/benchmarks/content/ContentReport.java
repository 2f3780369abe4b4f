package io.rewind.benchmarks.content;

import io.rewind.benchmarks.figure.Cell;
import io.rewind.benchmarks.figure.Report;
import io.rewind.benchmarks.figure.Sheet;
import io.rewind.benchmarks.stand.Bench;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.output.Terminal;
import io.rewind.runtime.fault.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The page. A service that cannot be measured is shown with its reason; the others go on. */
public final class ContentReport {
    private final ContentExperiment experiment;
    private final Terminal terminal;
    private final TimelineSheets timelines = new TimelineSheets();
    private final Sheet sharing = new Sheet(
            "content-sharing",
            "image",
            "containers",
            "partitions with any",
            "each for itself",
            "within partitions, as now",
            "over all partitions",
            "a pass would save");

    public ContentReport(ContentExperiment experiment, Terminal terminal) {
        this.experiment = experiment;
        this.terminal = terminal;
    }

    /** With all that was added so far. */
    public Report page() {
        return new Report("content", "What level, chunk size, dictionary and deduplication are worth")
                .text("Each service is captured once in full and then after each second of its load, "
                        + experiment.deltas()
                        + " times. What the agent sent is kept and encoded again with each setting. Figures: median"
                        + " (lowest … highest) over the deltas. *CPU* is time of one thread of this machine.")
                .sheet("Level", timelines.levels())
                .text("By the encoder itself. *stored* are all records for the store: chunks and maps.")
                .sheet("Chunk size and dictionary", timelines.cuts())
                .text("""
                        The blocks and patches that the encoder stores at its default level, made into chunks of at most so many
                        whole blocks; chunks of patches stay as they are. The dictionary is trained on the full point; its
                        size counts there. *stored* are the records of chunks. 200 blocks is what the encoder does, and the most
                        that surely fits a record of 1 MiB.""")
                .sheet("Deduplication", sharing)
                .text("""
                        Containers of one image, one after the other, each captured once in full when it answers. The
                        same records go through encoders that each know the blocks of one container, of those in one
                        partition, or of all.""");
    }

    /** Adds a timeline of a service. */
    public void timeline(Bench bench, Workload service) {
        try {
            List<RecordedPoint> points = experiment.timeline(terminal, bench, service);
            terminal.progress(service.name() + ": encoding");
            timelines.add(service.name(), points, bench.folder());
        } catch (Fault e) {
            terminal.say(service.name() + ": " + e.sentence());
            timelines.missing(service.name(), e.sentence());
        }
    }

    /** Adds containers of one image. */
    public void siblings(Bench bench, Workload image) {
        try {
            Map<Integer, List<List<ConsumerRecord<byte[], byte[]>>>> all = experiment.siblings(terminal, bench, image);
            terminal.progress(image.name() + ": encoding");
            Sharing bytes = Sharing.of(all, TimelineSheets.LEVEL, bench.folder());
            sharing.row(
                    Cell.words(image.name()),
                    Cell.count(all.values().stream().mapToLong(Collection::size).sum()),
                    Cell.count(all.size()),
                    Cell.bytes(bytes.alone()),
                    Cell.bytes(bytes.partitions()),
                    Cell.bytes(bytes.all()),
                    Cell.ratio(bytes.saved()));
        } catch (Fault e) {
            terminal.say(image.name() + ": " + e.sentence());
            sharing.missing(image.name(), e.sentence());
        }
    }
}
