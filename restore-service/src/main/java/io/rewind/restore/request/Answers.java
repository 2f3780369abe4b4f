package io.rewind.restore.request;

import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.event.RestoreState;
import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.FaultCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Says on {@code rewind.restore.results} how far one request is. For one thread. */
final class Answers {
    private final RestoreRequested request;
    private final String host;
    private final Clock clock;
    private final Consumer<RestoreProgress> publish;
    private final long begun = System.nanoTime();
    private String container;
    private String timeline = "";
    private String point = "";
    private String undoPoint = "";
    private long takenOver;
    private Instant takenOverAt;
    private OptionalLong switched = OptionalLong.empty();
    /** When the new container ran; until then empty, and messages count to when they are made. */
    private Optional<Instant> ranAt = Optional.empty();

    /** @param publish returns when the answer is safe; throws a RETRYABLE fault otherwise */
    Answers(RestoreRequested request, String host, Clock clock, Consumer<RestoreProgress> publish) {
        this.request = request;
        this.host = host;
        this.clock = clock;
        this.publish = publish;
        this.container = request.getContainer();
        this.takenOver = begun;
        this.takenOverAt = clock.instant();
    }

    void about(String ofContainer, String ofTimeline, String toPoint) {
        container = ofContainer;
        timeline = ofTimeline;
        point = toPoint;
    }

    void undoneBy(String presentPoint) {
        undoPoint = presentPoint;
    }

    /** The old container stops now, or a clone starts: what runningMillis and memoryMillis count from. */
    void switching() {
        takenOver = System.nanoTime();
        takenOverAt = clock.instant();
    }

    /** The new container runs now. */
    void started() {
        switched = OptionalLong.of(sinceSwitching());
        ranAt = Optional.of(clock.instant());
    }

    private long sinceSwitching() {
        return Duration.ofNanos(System.nanoTime() - takenOver).toMillis();
    }

    private long sinceRequest(Instant until) {
        return Math.max(0, Duration.between(request.getAt(), until).toMillis());
    }

    void tell(RestoreState state, int percent) {
        publish.accept(progress(state, percent, RestoreCode.OK, "").build());
    }

    RestoreProgress running(String runningContainer, String message) {
        long millis = switched.orElseGet(this::sinceSwitching);
        return progress(RestoreState.RUNNING, 100, RestoreCode.OK, message)
                .setRunningContainer(runningContainer)
                .setRequestMillis(sinceRequest(ranAt.orElseGet(clock::instant)))
                .setRunningMillis(millis)
                .setMemoryMillis(millis)
                .build();
    }

    /** To be followed by {@link #allMemory}, or by a failure. */
    RestoreProgress runningWithoutAllMemory(String runningContainer, String message) {
        return RestoreProgress.newBuilder(running(runningContainer, message))
                .setMemoryMillis(-1)
                .build();
    }

    /** @param running what was said when it ran */
    RestoreProgress allMemory(RestoreProgress running, Instant since) {
        long millis = Duration.between(takenOverAt, since).toMillis();
        return RestoreProgress.newBuilder(running)
                .setAt(clock.instant())
                .setMemoryMillis(Math.max(millis, running.getRunningMillis()))
                .build();
    }

    RestoreProgress failed(FaultCode code, String message) {
        return failed(code.name(), message);
    }

    RestoreProgress failed(String code, String message) {
        return progress(RestoreState.FAILED, 0, RestoreCode.INTERNAL, message)
                .setCode(code)
                .build();
    }

    void publish(RestoreProgress answer) {
        publish.accept(answer);
    }

    private RestoreProgress.Builder progress(RestoreState state, int percent, RestoreCode code, String message) {
        Instant now = clock.instant();
        RestoreMode mode = request.getMode();
        return RestoreProgress.newBuilder()
                .setRequest(request.getRequest())
                .setRequestedBy(request.getRequestedBy())
                .setAt(now)
                .setHost(host)
                .setContainer(container)
                .setTimeline(timeline)
                .setPoint(point)
                .setMode(mode)
                .setState(state)
                .setPercent(percent)
                .setCode(code.name())
                .setMessage(message)
                .setRunningContainer("")
                .setUndoPoint(undoPoint)
                .setRequestMillis(sinceRequest(now))
                .setRunningMillis(0);
    }
}
