package io.rewind.schemas.client;

import io.rewind.event.PointCommitted;
import io.rewind.read.Damage;
import io.rewind.read.MaintenanceGrpc;
import io.rewind.read.PinOrder;
import io.rewind.read.Point;
import io.rewind.read.PruneOrder;
import io.rewind.read.VerifyNews;
import io.rewind.read.VerifyOrder;
import io.rewind.read.VerifyProgress;
import io.rewind.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the stores that share a cluster in order. Faults carry a {@link ClientFault}; callbacks run on the caller's thread. */
public final class MaintenanceClient {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration VERIFY_LIMIT = Duration.ofHours(12);

    private final Stores stores;

    /** Of stores on loopback, in the clear. */
    public MaintenanceClient(List<String> endpoints) {
        this(endpoints, StoreAccess.CLEAR);
    }

    /** @param endpoints {@code host:port} each; see {@link StoreDirectory} */
    public MaintenanceClient(List<String> endpoints, StoreAccess access) {
        this.stores = Stores.at(endpoints, access, MaintenanceGrpc.MaintenanceBlockingStub.class);
    }

    /**
     * Keeps a point whatever the policy says, or no longer; returns once that is durable.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_UNKNOWN
     */
    public PointCommitted pin(String timeline, String point, boolean pinned) {
        List<PointCommitted> answer = new ArrayList<>();
        PinOrder order = PinOrder.newBuilder()
                .setTimeline(timeline)
                .setPoint(point)
                .setOff(!pinned)
                .build();
        stores.ask(
                MaintenanceGrpc.getPinMethod(),
                order,
                LIMIT,
                ClientFault.POINT_UNKNOWN,
                found -> answer.add(committed(found)));
        return answer.getFirst();
    }

    /**
     * Lets go of what the policy does not keep.
     *
     * @param keep empty: the policy in force
     * @param stay that policy is in force from now on
     * @return the points that went or, in a dry run, would go, oldest first
     * @throws io.rewind.runtime.fault.Fault TIMELINE_UNKNOWN, REQUEST_INVALID
     */
    public List<PointCommitted> prune(String timeline, Optional<String> keep, boolean stay, boolean dryRun) {
        List<PointCommitted> gone = new ArrayList<>();
        PruneOrder order = PruneOrder.newBuilder()
                .setTimeline(timeline)
                .setKeep(keep.orElse(""))
                .setStay(stay)
                .setDryRun(dryRun)
                .build();
        stores.ask(
                MaintenanceGrpc.getPruneMethod(),
                order,
                LIMIT,
                ClientFault.TIMELINE_UNKNOWN,
                point -> gone.add(committed(point)));
        return gone;
    }

    /**
     * Has one timeline proved by the store that has it.
     *
     * @return what was read in the end
     * @throws io.rewind.runtime.fault.Fault TIMELINE_UNKNOWN
     */
    public VerifyProgress verify(String timeline, Consumer<VerifyProgress> progress, Consumer<Damage> damage) {
        Verdict verdict = new Verdict(progress, damage);
        VerifyOrder order = VerifyOrder.newBuilder().setTimeline(timeline).build();
        stores.ask(
                MaintenanceGrpc.getVerifyMethod(), order, VERIFY_LIMIT, ClientFault.TIMELINE_UNKNOWN, verdict::accept);
        return verdict.last;
    }

    /** Has everything proved, one store after the other. @return what was read in the end, one a store */
    public List<VerifyProgress> verifyAll(Consumer<VerifyProgress> progress, Consumer<Damage> damage) {
        List<VerifyProgress> ends = new ArrayList<>();
        for (StoreEndpoint store : stores.each()) {
            Verdict verdict = new Verdict(progress, damage);
            Optional<String> _ = store.each(
                    MaintenanceGrpc.getVerifyMethod(), VerifyOrder.getDefaultInstance(), VERIFY_LIMIT, verdict::accept);
            ends.add(verdict.last);
        }
        return ends;
    }

    private static PointCommitted committed(Point point) {
        return Wire.decode(point.getCommitted().toByteArray(), PointCommitted.class);
    }

    private static final class Verdict {
        private final Consumer<VerifyProgress> progress;
        private final Consumer<Damage> damage;
        private VerifyProgress last = VerifyProgress.getDefaultInstance();

        Verdict(Consumer<VerifyProgress> progress, Consumer<Damage> damage) {
            this.progress = progress;
            this.damage = damage;
        }

        void accept(VerifyNews news) {
            if (news.hasDamage()) {
                damage.accept(news.getDamage());
            } else {
                last = news.getProgress();
                progress.accept(last);
            }
        }
    }
}
