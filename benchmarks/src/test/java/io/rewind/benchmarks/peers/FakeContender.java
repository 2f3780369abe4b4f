package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.benchmarks.subject.Workloads;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps ten bytes a point, and fails when it is told to. */
final class FakeContender implements Contender {
    private final String name;
    private final Optional<Contender> builtOn;
    private final int failsAt;
    final List<Integer> taken = new ArrayList<>();

    FakeContender(String name, Optional<Contender> builtOn, int failsAt) {
        this.name = name;
        this.builtOn = builtOn;
        this.failsAt = failsAt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Guest guest() {
        return new Guest() {
            @Override
            public Workload workload() {
                return Workloads.idle();
            }

            @Override
            public String address() {
                return "";
            }

            @Override
            public String log() {
                return "";
            }

            @Override
            public void revive() {}
        };
    }

    @Override
    public Optional<Contender> builtOn() {
        return builtOn;
    }

    @Override
    public void take(int point) {
        if (point == failsAt) {
            throw new Fault(BenchFault.PEER_FAILED, Severity.REJECTED, "full");
        }
        taken.add(point);
    }

    @Override
    public long bytes() {
        return 10L * taken.size();
    }

    @Override
    public Set<Integer> restorable() {
        return Set.copyOf(taken);
    }

    @Override
    public void restore(int point) {}
}
