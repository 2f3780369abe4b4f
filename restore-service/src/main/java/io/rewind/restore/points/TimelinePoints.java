package io.rewind.restore.points;

import io.rewind.event.PointCommitted;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.process.PageRanges;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.client.Selection;
import io.rewind.schemas.client.StoreAccess;
import io.rewind.schemas.client.StoreDirectory;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.client.TimelineInfo;
import io.rewind.schemas.id.ChunkId;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Over the stores' read API. Where they are is asked anew every second, and when one fails, since they come and go; not for each
 * of the many calls of a restore. Thread-safe.
 */
public final class TimelinePoints implements PointSource {
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private final StoreDirectory directory;
    private final StoreAccess access;
    private final Duration patience;
    private Optional<Known> known = Optional.empty();

    private record Known(TimelineClient client, long until) {}

    /** @param patience how long to wait for a store to be known */
    public TimelinePoints(StoreDirectory directory, StoreAccess access, Duration patience) {
        this.directory = directory;
        this.access = access;
        this.patience = patience;
    }

    private <T> T ask(Function<TimelineClient, T> question) {
        try {
            return question.apply(client());
        } catch (Fault e) {
            forget();
            throw e;
        }
    }

    private synchronized TimelineClient client() {
        if (known.isEmpty() || System.nanoTime() - known.get().until > 0) {
            TimelineClient client = new TimelineClient(directory.endpoints(patience), access);
            known = Optional.of(new Known(client, System.nanoTime() + KNOWN_FOR.toNanos()));
        }
        return known.get().client;
    }

    private synchronized void forget() {
        known = Optional.empty();
    }

    @Override
    public List<ContainerTimeline> timelines(String container) {
        return ask(client -> client.timelines(container)).stream()
                .sorted(Comparator.comparing(TimelineInfo::newestCaptured).reversed())
                .map(t -> new ContainerTimeline(
                        t.timeline(),
                        t.container(),
                        t.name(),
                        t.host(),
                        TimeUnit.MILLISECONDS.toMicros(t.newestCaptured().toEpochMilli())))
                .toList();
    }

    @Override
    public List<PointCommitted> points(TimelineId timeline) {
        try {
            return ask(client -> client.points(timeline.text()));
        } catch (Fault e) {
            if (e.code() == ClientFault.TIMELINE_UNKNOWN) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public Optional<StoredPoint> point(TimelineId timeline, PointId point) {
        try {
            return Optional.of(new Stored(ask(client -> client.point(timeline.text(), point.text()))));
        } catch (Fault e) {
            if (e.code() == ClientFault.POINT_UNKNOWN || e.code() == ClientFault.TIMELINE_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Map<String, PageRanges> unlike(TimelineId timeline, PointId point, PointId other) {
        return ask(client -> client.unlike(timeline.text(), point.text(), other.text()));
    }

    @Override
    public void chunks(TimelineId timeline, List<ChunkId> ids, Consumer<OpenedChunk> taker) {
        ask(client -> {
            client.chunks(timeline.text(), ids, (id, body) -> taker.accept(new OpenedChunk(id, body)));
            return ids;
        });
    }

    @Override
    public void blocks(TimelineId timeline, Map<ChunkId, BitSet> wanted, Consumer<OpenedChunk> taker) {
        ask(client -> {
            client.blocks(timeline.text(), wanted, (id, body) -> taker.accept(new OpenedChunk(id, body)));
            return wanted;
        });
    }

    @Override
    public Set<ChunkId> patchesBelow(TimelineId timeline, Set<ChunkId> patches) {
        return ask(client -> client.patchesBelow(timeline.text(), patches));
    }

    @Override
    public void close() {
        forget();
        directory.close();
    }

    private record Stored(io.rewind.schemas.client.StoredPoint point) implements StoredPoint {
        @Override
        public PointCommitted committed() {
            return point.committed();
        }

        @Override
        public byte[] spec() {
            return point.spec();
        }

        @Override
        public void streams(Consumer<StreamPart> taker) {
            streams(Selection.ALL, taker);
        }

        @Override
        public void streams(Selection selection, Consumer<StreamPart> taker) {
            point.streams(selection, part -> {
                // A store of an earlier version sends everything.
                if (selection.has(part.change())) {
                    taker.accept(new StreamPart(part.change(), part.chunks(), part.patches()));
                }
            });
        }
    }
}
