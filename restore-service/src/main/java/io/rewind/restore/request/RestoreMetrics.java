package io.rewind.restore.request;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What restores cost and how they end. */
public final class RestoreMetrics {
    private final MeterRegistry registry;
    private final Counter fetched;
    private final AtomicInteger underWay = new AtomicInteger();

    public RestoreMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.fetched = Counter.builder("rewind.restore.fetched")
                .description("Bytes of chunks brought from the store, opened")
                .baseUnit("bytes")
                .register(registry);
        registry.gauge("rewind.restore.underway", underWay);
    }

    public void fetched(long bytes) {
        fetched.increment((double) bytes);
    }

    void begun() {
        underWay.incrementAndGet();
    }

    /** How a restore ended that its last answer is of. */
    void ended(RestoreProgress last) {
        RestoreMode mode = last.getMode();
        String code = last.getCode();
        underWay.decrementAndGet();
        Counter.builder("rewind.restore.results")
                .description("Answered requests")
                .tag("mode", mode.name())
                .tag("code", code)
                .register(registry)
                .increment();
        if (code.equals("OK")) {
            timer("rewind.restore.request", "From a request to running", mode)
                    .record(Duration.ofMillis(last.getRequestMillis()));
            timer("rewind.restore.switch", "From the old container's stop, or a clone's start, to running", mode)
                    .record(Duration.ofMillis(last.getRunningMillis()));
            timer("rewind.restore.memory", "From the old container's stop, or a clone's start, to all its memory", mode)
                    .record(Duration.ofMillis(last.getMemoryMillis()));
        }
    }

    private Timer timer(String name, String description, RestoreMode mode) {
        return Timer.builder(name)
                .description(description)
                .tag("mode", mode.name())
                .publishPercentileHistogram()
                .register(registry);
    }
}
