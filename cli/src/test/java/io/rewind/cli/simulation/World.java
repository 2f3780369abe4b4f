package io.rewind.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.capture.staging.Staging;
import io.rewind.encoder.metrics.EncoderMetrics;
import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.TimelineId;
import io.rewind.schemas.topic.Topics;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.database.View;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.timeline.Timelines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/** One seed's history. */
final class World implements AutoCloseable {
    private static final List<String> TIMELINES = List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc");
    private static final int EVERYTHING = Integer.MAX_VALUE;

    private final Chance chance;
    private final boolean oneStore;
    private final Broker broker;
    private final Oracle oracle;
    private final Staging staging;
    private final List<Agent> agents = new ArrayList<>();
    private final List<Encoder> encoders = new ArrayList<>();
    private final List<Store> stores = new ArrayList<>();
    /** Of encoders that were replaced while something of theirs was still on its way. */
    private final List<Sender> ghosts = new ArrayList<>();

    private final StringBuilder told = new StringBuilder();
    private int deaths;

    /**
     * @param folder for what goes to files
     * @param oneStore false: a partition may move to a store with another disk
     */
    World(long seed, Path folder, boolean oneStore, BiFunction<Chance, Fuse, Disk> disk) {
        this.oneStore = oneStore;
        chance = new Chance(seed);
        int capturePartitions = 1 + chance.below(2);
        int chunkPartitions = 1 + chance.below(2);
        broker = new Broker(capturePartitions, chunkPartitions);
        oracle = new Oracle(oneStore);
        staging = new Staging(folder, 0, 1 << 30);
        for (String timeline : TIMELINES.subList(0, 1 + chance.below(TIMELINES.size()))) {
            agents.add(new Agent(broker, chance, oracle, timeline, staging, folder));
        }
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Encoder.Means means =
                Encoder.Means.of(chance, capturePartitions == chunkPartitions, folder, new EncoderMetrics(registry));
        broker.partitions(Topics.CAPTURE)
                .forEach(partition -> encoders.add(new Encoder(broker, chance, partition, means)));
        StoreMetrics metrics = new StoreMetrics(registry);
        broker.partitions(Topics.CHUNKS)
                .forEach(partition -> stores.add(new Store(
                        broker,
                        chance,
                        oracle,
                        partition,
                        oneStore ? 1 : 2,
                        fuse -> disk.apply(chance, fuse),
                        metrics)));
    }

    Oracle oracle() {
        return oracle;
    }

    /** Processes that died. */
    int deaths() {
        return deaths;
    }

    /** What happened, for who has to find out why. */
    String told() {
        return told.toString();
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            broker.pass(chance.below(300));
            step();
        }
    }

    private void step() {
        switch (chance.below(20)) {
            case 0, 1, 2, 3 -> tick(chance.of(agents), chance.below(4));
            case 4, 5, 6, 7, 8 -> encode(chance.of(encoders), 1 + chance.below(15));
            case 9, 10, 11, 12, 13 -> ingest(chance.of(stores), 1 + chance.below(15));
            case 14, 15 -> chance.of(encoders).hear(1 + chance.below(3));
            case 16 -> light(chance.below(12));
            case 17 -> haunt();
            default -> mischief();
        }
        // Retention and collection join here: a step that lets points go (the oracle forgets them, too) and one that
        // collects a piece of what nobody needs any more, both of which a fuse may end.
    }

    private void tick(Agent agent, int messages) {
        tell("tick " + agent.timeline());
        try {
            agent.tick(messages);
        } catch (Fuse.Killed killed) {
            died("agent");
            agent.restart();
        }
    }

    private void encode(Encoder encoder, int records) {
        tell("encode " + records);
        try {
            encoder.worker().round(records);
        } catch (Fuse.Killed killed) {
            died("encoder");
            encoder.restart();
        }
    }

    private void ingest(Store store, int records) {
        tell("ingest " + records);
        try {
            store.worker().round(records);
        } catch (Fuse.Killed killed) {
            died("store");
            store.restart(chance.below(2) == 0);
        }
    }

    /** Somebody will die soon. */
    private void light(int touches) {
        switch (chance.below(3)) {
            case 0 -> chance.of(agents).fuse().light(touches);
            case 1 -> chance.of(encoders).fuse().light(touches);
            default -> chance.of(stores).fuse().light(touches);
        }
    }

    private void haunt() {
        ghosts.forEach(ghost -> ghost.leave(chance.below(ghost.waiting() + 1)));
    }

    private void mischief() {
        int kind = chance.below(9);
        tell("mischief " + kind);
        Encoder encoder = chance.of(encoders);
        Store store = chance.of(stores);
        switch (kind) {
            case 0 -> chance.of(agents).restart();
            case 1 -> ghosts.add(encoder.restart());
            case 2 -> {
                encode(encoder, 0);
                encoder.restart();
            }
            case 3 -> store.restart(false);
            case 4 -> store.restart(true);
            case 5 -> {
                ingest(store, 0);
                store.move();
            }
            case 6 -> store.move();
            case 7 -> broker.pass(chance.below(90_000));
            default -> (chance.below(2) == 0 ? encoder.worker() : store.worker()).replay();
        }
    }

    private void died(String who) {
        tell(who + " died");
        deaths++;
    }

    private void tell(String what) {
        told.append(what).append("; ");
    }

    /** Lets everything calm down, and checks what must be so then. */
    void end() {
        calmDown();
        converge();
        Set<String> stored = check();
        oracle.checkNothingIsLostSilently(broker, stored);
        tell("replay");
        List<Map<String, String>> before = dumps();
        stores.forEach(store -> store.worker().replay());
        drain();
        if (oneStore) {
            // Another store may hear of things for the first time now.
            assertThat(dumps()).as("I4: the stores after a replay").isEqualTo(before);
        }
        encoders.forEach(encoder -> encoder.worker().replay());
        drain();
        assertThat(check()).as("I4: points after a replay").containsAll(stored);
    }

    private void calmDown() {
        tell("calm");
        chance.calmDown();
        agents.forEach(agent -> agent.fuse().putOut());
        encoders.forEach(encoder -> encoder.fuse().putOut());
        stores.forEach(store -> store.fuse().putOut());
        ghosts.forEach(Sender::flush);
    }

    /** I6: whatever was lost before, soon the newest point of each timeline is there. */
    private void converge() {
        for (int round = 0; round < 6; round++) {
            agents.forEach(agent -> tick(agent, EVERYTHING));
            drain();
            if (agents.stream().allMatch(this::isStored)) {
                return;
            }
        }
        throw new AssertionError("I6: points are rejected on and on");
    }

    private boolean isStored(Agent agent) {
        TimelineId timeline = new TimelineId(agent.timeline());
        PointId newest = new PointId(agent.last());
        return stores.stream()
                .anyMatch(store -> new Timelines(store.database())
                        .committed(timeline, newest)
                        .isPresent());
    }

    private void drain() {
        for (Encoder encoder : encoders) {
            encoder.hear(EVERYTHING);
            drain(encoder.worker(), records -> encode(encoder, records));
        }
        for (Store store : stores) {
            drain(store.worker(), records -> ingest(store, records));
        }
    }

    private static void drain(Worker worker, IntConsumer round) {
        for (int i = 0; i < 1000 && !worker.isIdle(); i++) {
            round.accept(50);
        }
        round.accept(0);
        assertThat(worker.isIdle()).as("a stage gets through what there is").isTrue();
    }

    /** All that stores have, but for parts of points that never came: those may wait again for the next one. */
    private List<Map<String, String>> dumps() {
        return stores.stream().map(store -> dump(store.database())).toList();
    }

    private static Map<String, String> dump(View store) {
        Map<String, String> all = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        for (Family family : Set.of(Family.CHUNKS, Family.BODIES, Family.NODES, Family.POINTS, Family.GAPS)) {
            store.scan(family, new byte[0], (key, value) -> {
                all.put(family + "/" + hex.formatHex(key), Integer.toHexString(Arrays.hashCode(value)));
                return true;
            });
        }
        return all;
    }

    private Set<String> check() {
        Set<String> stored = new HashSet<>();
        for (Store store : stores) {
            for (Database database : store.databases()) {
                stored.addAll(oracle.check(database, TIMELINES));
            }
        }
        return stored;
    }

    @Override
    public void close() {
        encoders.forEach(Encoder::close);
        stores.forEach(Store::close);
        staging.close();
    }
}
