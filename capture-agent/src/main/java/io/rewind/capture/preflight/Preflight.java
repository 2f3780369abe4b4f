package io.rewind.capture.preflight;

import io.rewind.capture.docker.Container;
import io.rewind.capture.freeze.Freezer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at a container without touching it. Takes a millisecond or so for each of its processes. */
public final class Preflight {
    private static final int RSEQ = HostFacts.version(5, 13);
    private static final int PASS_SECURITY = HostFacts.version(6, 16);

    private final HostFacts host;
    private final Freezer freezer;

    public Preflight(HostFacts host, Freezer freezer) {
        this.host = host;
        this.freezer = freezer;
    }

    /** @throws io.rewind.runtime.fault.Fault READ_FAILED when it does not run */
    public List<Finding> of(Container container) {
        return judge(host, ContainerFacts.of(container, freezer));
    }

    /** Refusals first; of several processes with the same trouble one is named. */
    static List<Finding> judge(HostFacts host, ContainerFacts container) {
        List<Finding> found = new ArrayList<>(ofContainer(container));
        container.processes().forEach(process -> found.addAll(ProcessJudgement.of(host, process)));
        found.addAll(ofHost(host));
        Map<Rule, Finding> first = new LinkedHashMap<>();
        found.stream().filter(Finding::refusal).forEach(finding -> first.putIfAbsent(finding.rule(), finding));
        found.forEach(finding -> first.putIfAbsent(finding.rule(), finding));
        return List.copyOf(first.values());
    }

    private static List<Finding> ofContainer(ContainerFacts container) {
        List<Finding> found = new ArrayList<>();
        if (container.terminal()) {
            found.add(new Finding(
                    Rule.TERMINAL,
                    true,
                    container.name() + " has a terminal, whose other end CRIU cannot find; create it without -t"));
        }
        if (!container.overlay()) {
            found.add(new Finding(
                    Rule.NO_OVERLAY,
                    true,
                    "the root file system of " + container.name()
                            + " is no overlay; only the driver overlay2 is captured"));
        } else if (!container.located()) {
            found.add(new Finding(
                    Rule.IMAGE_STORE,
                    false,
                    "the engine does not say where the files of " + container.name()
                            + " are (containerd's image store): it is captured, but a restore needs overlay2"));
        }
        container.processes().stream()
                .filter(process -> !process.groups()
                        .equals(container.processes().getFirst().groups()))
                .findFirst()
                .ifPresent(process -> found.add(new Finding(
                        Rule.NESTED_CGROUP,
                        false,
                        process.text() + " is in a control group of its own; a restore puts it into the container's")));
        return found;
    }

    private static List<Finding> ofHost(HostFacts host) {
        List<Finding> found = new ArrayList<>();
        if (host.kernel() >= PASS_SECURITY && !host.criu().atLeast(4, 2)) {
            found.add(new Finding(
                    Rule.CRIU_TOO_OLD,
                    false,
                    "CRIU " + host.criu() + " fails on TCP sockets with this kernel; install CRIU 4.2 or later"));
        }
        if (host.kernel() < RSEQ) {
            found.add(new Finding(
                    Rule.KERNEL_TOO_OLD,
                    false,
                    "this kernel cannot tell of restartable sequences, which programs with glibc 2.35 or later use: Linux 5.13"
                            + " is needed for them"));
        } else if (!host.tracked()) {
            found.add(new Finding(
                    Rule.KERNEL_TOO_OLD,
                    false,
                    "this kernel cannot tell which pages were written, so that all memory is read while the container stands"
                            + " still; Linux 6.7 can"));
        }
        return found;
    }
}
