package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.subject.Stall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What came of one contender in one trial. One thread. */
final class Track {
    /**
     * @param from with {@code to} the stretch of time in which a stall is this point's
     * @param wall without what others did for it
     */
    record Take(int point, Instant from, Instant to, Duration wall) {}

    /** @param took from the request on */
    record Return(int point, Duration took) {}

    private final String name;
    private final Optional<Contender> contender;
    private final List<Take> takes = new ArrayList<>();
    private final TreeMap<Integer, Long> bytes = new TreeMap<>();
    private final List<Return> returns = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private Optional<String> noWayBack = Optional.empty();
    private List<Stall> stalls = List.of();

    Track(Contender contender) {
        this.name = contender.name();
        this.contender = Optional.of(contender);
    }

    /** Of one that could not even begin. */
    Track(String name, String failure) {
        this.name = name;
        this.contender = Optional.empty();
        this.failure = Optional.of(failure);
    }

    String name() {
        return name;
    }

    Optional<Contender> contender() {
        return contender;
    }

    boolean goesOn() {
        return contender.isPresent() && failure.isEmpty();
    }

    void took(Take take, long sum) {
        takes.add(take);
        bytes.put(take.point(), sum);
    }

    void returned(Return back) {
        returns.add(back);
    }

    void failed(String reason) {
        failure = Optional.of(reason);
    }

    void foundNoWayBack(String reason) {
        noWayBack = Optional.of(reason);
    }

    /** To be called while the container's log holds all its takes. */
    void keepStalls() {
        stalls = contender.map(c -> Stall.parse(c.guest().log())).orElse(List.of());
    }

    Optional<String> failure() {
        return failure;
    }

    Optional<String> noWayBack() {
        return noWayBack;
    }

    boolean hasTaken(int point) {
        return bytes.containsKey(point);
    }

    List<Take> takes() {
        return List.copyOf(takes);
    }

    /** What all points up to that one took. */
    Optional<Long> bytesAt(int point) {
        return Optional.ofNullable(bytes.get(point));
    }

    Duration stall(Take take) {
        return Stall.longest(stalls, take.from(), take.to());
    }

    List<Duration> returnsTo(int point) {
        return returns.stream()
                .filter(back -> back.point() == point)
                .map(Return::took)
                .toList();
    }

    int last() {
        return bytes.isEmpty() ? 0 : bytes.lastKey();
    }
}
