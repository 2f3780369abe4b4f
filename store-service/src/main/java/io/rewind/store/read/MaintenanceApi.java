package io.rewind.store.read;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.StreamObserver;
import io.rewind.event.PointCommitted;
import io.rewind.read.Damage;
import io.rewind.read.MaintenanceGrpc;
import io.rewind.read.PinOrder;
import io.rewind.read.Point;
import io.rewind.read.PruneOrder;
import io.rewind.read.VerifyNews;
import io.rewind.read.VerifyOrder;
import io.rewind.read.VerifyProgress;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.wire.Wire;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.database.Database;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.retention.KeepPolicy;
import io.rewind.store.verify.Findings;
import io.rewind.store.verify.Verification;
import java.util.Optional;

/** Pins, retention and proof over the open partitions. */
final class MaintenanceApi extends MaintenanceGrpc.MaintenanceImplBase {
    private static final int AT_A_TIME = 4;

    private final OpenPartitions partitions;
    private final ChunkBodies bodies;
    private final Answers answers;

    MaintenanceApi(OpenPartitions partitions, ChunkBodies bodies, StoreMetrics metrics) {
        this.partitions = partitions;
        this.bodies = bodies;
        this.answers = new Answers(AT_A_TIME, metrics);
    }

    @Override
    public void pin(PinOrder order, StreamObserver<Point> observer) {
        answers.answer("Pin", observer, out -> {
            TimelineId timeline = new TimelineId(order.getTimeline());
            PointCommitted point =
                    partitions.upkeep(timeline).pin(timeline, new PointId(order.getPoint()), !order.getOff());
            out.send(Point.newBuilder(answer(point)).setPinned(!order.getOff()).build(), () -> {});
        });
    }

    @Override
    public void prune(PruneOrder order, StreamObserver<Point> observer) {
        answers.answer("Prune", observer, out -> {
            TimelineId timeline = new TimelineId(order.getTimeline());
            Optional<KeepPolicy> keep =
                    Optional.of(order.getKeep()).filter(text -> !text.isEmpty()).map(KeepPolicy::parse);
            partitions
                    .upkeep(timeline)
                    .prune(timeline, keep, order.getStay(), order.getDryRun())
                    .forEach(point -> out.send(answer(point), () -> {}));
        });
    }

    private static Point answer(PointCommitted point) {
        return Point.newBuilder()
                .setCommitted(UnsafeByteOperations.unsafeWrap(Wire.encode(point)))
                .build();
    }

    @Override
    public void verify(VerifyOrder order, StreamObserver<VerifyNews> observer) {
        answers.answer("Verify", observer, out -> {
            Optional<TimelineId> only = Optional.of(order.getTimeline())
                    .filter(text -> !text.isEmpty())
                    .map(TimelineId::new);
            Verification verification = new Verification(bodies, only, new Told(out));
            if (only.isPresent()) {
                try (SnapshotView view = partitions.having(only.get())) {
                    verification.prove(view);
                }
            } else {
                for (Database database : partitions.all()) {
                    try (SnapshotView view = database.snapshot()) {
                        verification.prove(view);
                    }
                }
            }
        });
    }

    private record Told(Outflow<VerifyNews> out) implements Findings {
        @Override
        public void progress(long points, long pointsInAll, long chunks, long chunksInAll, long bytes) {
            send(VerifyNews.newBuilder()
                    .setProgress(VerifyProgress.newBuilder()
                            .setPoints(points)
                            .setPointsInAll(pointsInAll)
                            .setChunks(chunks)
                            .setChunksInAll(chunksInAll)
                            .setBytes(bytes)));
        }

        @Override
        public void damage(String timeline, String point, String place, String reason) {
            send(VerifyNews.newBuilder()
                    .setDamage(Damage.newBuilder()
                            .setTimeline(timeline)
                            .setPoint(point)
                            .setPlace(place)
                            .setReason(reason)));
        }

        private void send(VerifyNews.Builder news) {
            out.send(news.build(), () -> {});
        }
    }
}
