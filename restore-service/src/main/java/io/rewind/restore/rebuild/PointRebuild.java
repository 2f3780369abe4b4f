package io.rewind.restore.rebuild;

import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.BlockSink;
import io.rewind.restore.fetch.Fetch;
import io.rewind.restore.fetch.Holder;
import io.rewind.restore.fetch.LatePass;
import io.rewind.restore.fetch.OpenFiles;
import io.rewind.restore.images.ImageFolder;
import io.rewind.restore.images.PagesPlace;
import io.rewind.restore.plan.Limits;
import io.rewind.restore.plan.PlanReader;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.restore.plan.PointPlan;
import io.rewind.restore.points.PointSource;
import io.rewind.restore.time.TimeLine;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Plans and rebuilds points. Thread-safe. */
public final class PointRebuild {
    private final PointSource source;
    private final Limits limits;
    private final PagesPlace place;
    private final LongConsumer fetched;

    /** @param fetched hears of the bytes that come from the store, from any thread */
    public PointRebuild(PointSource source, Limits limits, PagesPlace place, LongConsumer fetched) {
        this.source = source;
        this.limits = limits;
        this.place = place;
        this.fetched = fetched;
    }

    /** What the point consists of, checked; nothing is written. */
    public PointPlan plan(TimelineId timeline, PointId point) {
        return PlanReader.read(
                source.point(timeline, point)
                        .orElseThrow(
                                () -> RestoreCode.POINT_UNKNOWN.because("The point " + point + " is no longer there.")),
                limits);
    }

    /**
     * @param images a folder that does not exist yet, in one that is the restore's own
     * @param stages of the trees to build, by name, each beside the files it is to replace; created anew
     * @param percent hears how much has come, 0 to 100; from any thread, but one at a time
     */
    public void run(TimelineId timeline, PointPlan plan, Path images, Map<String, Stage> stages, IntConsumer percent) {
        run(timeline, plan, images, stages, percent, Holder.NONE, new TimeLine());
    }

    /**
     * The same.
     *
     * @param holder may have some of the memory at hand
     * @param time gets the steps
     */
    public void run(
            TimelineId timeline,
            PointPlan plan,
            Path images,
            Map<String, Stage> stages,
            IntConsumer percent,
            Holder holder,
            TimeLine time) {
        try (Job job = begin(timeline, plan, images, stages, percent, time)) {
            bringAll(job, holder);
        }
        percent.accept(100);
    }

    /**
     * The same, but only what a start needs has come when this returns, where that will do: the rest is brought by what is
     * returned.
     *
     * @param suits whether memory may come later, asked when the images are there but for memory
     * @return empty: everything has come
     */
    public Optional<LateRebuild> runLate(
            TimelineId timeline,
            PointPlan plan,
            Path images,
            Map<String, Stage> stages,
            IntConsumer percent,
            Predicate<Path> suits,
            TimeLine time) {
        Job job = begin(timeline, plan, images, stages, percent, time);
        try {
            Optional<LateRebuild> late = Optional.empty();
            if (suits.test(images)) {
                late = Optional.of(bringForStart(job));
            } else {
                bringAll(job, Holder.NONE);
                job.close();
            }
            percent.accept(100);
            return late;
        } catch (RuntimeException | Error e) {
            job.close();
            throw e;
        }
    }

    /** One rebuild, its images there but for memory. */
    private record Job(
            PointPlan plan,
            Map<String, Stage> stages,
            OpenFiles files,
            ImageFolder folder,
            Fetch fetch,
            Progress progress,
            TimeLine time)
            implements AutoCloseable {
        BlockSink sink(int i) {
            PlannedStream stream = plan.streams().get(i);
            return switch (stream.kind()) {
                case IMAGE -> folder.imageSink(stream);
                case MEMORY -> folder.memorySink(stream);
                case UPPER, VOLUME ->
                    Objects.requireNonNull(stages.get(stream.tree())).sink(files, i, stream);
            };
        }

        boolean isStaged(PlannedStream stream) {
            return stream.isEntry() && stages.containsKey(stream.tree());
        }

        void buildStages() {
            time.run("files", () -> stages.forEach((tree, stage) -> stage.build(tree, plan.streams())));
        }

        @Override
        public void close() {
            fetch.close();
            files.close();
        }
    }

    private Job begin(
            TimelineId timeline,
            PointPlan plan,
            Path images,
            Map<String, Stage> stages,
            IntConsumer percent,
            TimeLine time) {
        requireRoom(plan, images.resolveSibling("."));
        make(images);
        stages.values().forEach(Stage::create);
        Progress progress = new Progress(plan.chunks().size(), percent);
        LongConsumer arrived = bytes -> {
            fetched.accept(bytes);
            progress.oneMore();
        };
        OpenFiles files = new OpenFiles();
        ImageFolder folder = new ImageFolder(images, files, place);
        Fetch fetch = new Fetch(source, timeline, plan, images, arrived);
        Job job = new Job(plan, stages, files, folder, fetch, progress, time);
        try {
            folder.allocate(plan.streams());
            // All at once: those of the images lie over nearly as many chunks as those of memory.
            time.run("patches", () -> job.fetch.bringPatches(s -> !s.isEntry() || job.isStaged(s)));
            time.run("images", () -> job.fetch.run(PointRebuild::isImage, job::sink));
            folder.layOutPages();
            return job;
        } catch (RuntimeException | Error e) {
            job.close();
            throw e;
        }
    }

    private static void bringAll(Job job, Holder holder) {
        job.fetch.run(s -> isMemory(s) || job.isStaged(s), job::sink, holder, job.time);
        job.folder.finish();
        job.buildStages();
    }

    private static LateRebuild bringForStart(Job job) {
        job.fetch.run(job::isStaged, job::sink, Holder.NONE, job.time);
        LatePass memory = job.time.of("order of memory", () -> job.fetch.late(PointRebuild::isMemory, job::sink));
        job.time.run("memory at the start", () -> job.folder.neededAtStart().forEach(memory::bring));
        job.folder.pack();
        job.buildStages();
        job.progress.end();
        return new LateRebuild(job.folder, memory, job::close);
    }

    /** Removes the images; also those of a rebuild that did not come to its end, or never began. */
    public void discard(Path images) {
        release(images);
        if (Files.exists(images, LinkOption.NOFOLLOW_LINKS)) {
            try (Directory parent = Directory.open(images.resolveSibling(".").normalize())) {
                parent.removeTree(PosixPath.of(String.valueOf(images.getFileName())));
            }
        }
    }

    /** Gives back the room that images take in memory; they cannot be started from any more. */
    public void release(Path images) {
        place.release(images);
    }

    private static boolean isImage(PlannedStream stream) {
        return stream.kind() == StreamKind.IMAGE;
    }

    private static boolean isMemory(PlannedStream stream) {
        return stream.kind() == StreamKind.MEMORY;
    }

    private static void make(Path images) {
        try {
            Files.createDirectory(images);
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(images + " cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private static void requireRoom(PointPlan plan, Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < plan.bytes()) {
                throw RestoreCode.DISK_FULL.because("The point needs " + plan.bytes() + " bytes, " + folder.normalize()
                        + " has " + free + " left.");
            }
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because(folder + " cannot be asked for its room.", e);
        }
    }
}
