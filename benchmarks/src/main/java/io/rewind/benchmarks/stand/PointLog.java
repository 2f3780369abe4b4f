package io.rewind.benchmarks.stand;

import io.rewind.cli.client.Feed;
import io.rewind.cli.client.Session;
import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Every point and gap since this was opened, with the instant at which it was there for all to see. */
public final class PointLog implements AutoCloseable {
    /** A point, and when its announcement arrived: from then on it can be restored. */
    public record Seen(PointCommitted point, Instant at) {
        /** From the freeze on. */
        public Duration untilRestorable() {
            return Duration.between(point.getHeader().getCaptured(), at);
        }
    }

    private final Session session;
    private final Feed feed;
    private final Thread thread;
    private final List<Seen> points = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private volatile boolean closed;

    PointLog(String bootstrap) {
        this.session = new Session(bootstrap);
        this.feed = session.follow(Topics.POINTS);
        this.thread = Thread.ofPlatform().name("points").daemon().start(this::follow);
    }

    private void follow() {
        while (!closed) {
            List<SpecificRecord> records = feed.next();
            Instant now = Instant.now();
            take(records, now);
        }
    }

    private synchronized void take(List<SpecificRecord> records, Instant now) {
        for (SpecificRecord record : records) {
            switch (record) {
                case PointCommitted point -> points.add(new Seen(point, now));
                case Gap gap -> gaps.add(gap);
                default -> {}
            }
        }
        notifyAll();
    }

    /** Oldest first, none captured before {@code since}. */
    public synchronized List<Seen> of(String container, Instant since) {
        return points.stream()
                .filter(seen -> seen.point().getHeader().getName().equals(container))
                .filter(seen -> !seen.point().getHeader().getCaptured().isBefore(since))
                .toList();
    }

    public synchronized List<Gap> gaps(String container, Instant since) {
        return gaps.stream()
                .filter(gap -> gap.getName().equals(container) && !gap.getDue().isBefore(since))
                .toList();
    }

    /** Returns when there are {@code wanted}. @throws Fault NO_POINTS with the last gap's reason */
    public synchronized List<Seen> await(String container, Instant since, int wanted, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (of(container, since).size() < wanted) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new Fault(
                        BenchFault.NO_POINTS,
                        Severity.REJECTED,
                        of(container, since).size() + " of " + wanted + " points within " + limit.toSeconds() + " s"
                                + lastGap(container, since));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Fault(BenchFault.NO_POINTS, Severity.REJECTED, "interrupted", e);
            }
        }
        return of(container, since);
    }

    private String lastGap(String container, Instant since) {
        List<Gap> missed = gaps(container, since);
        return missed.isEmpty() ? "" : "; " + missed.getLast().getMessage();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.close();
        session.close();
    }
}
