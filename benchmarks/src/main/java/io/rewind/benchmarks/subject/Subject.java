package io.rewind.benchmarks.subject;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Pause;
import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A container that runs a workload. */
public final class Subject {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final String name;
    private final Workload workload;

    private Subject(String name, Workload workload) {
        this.name = name;
        this.workload = workload;
    }

    /** Returns when the workload is ready; the container is gone with the cleanup. @throws Fault SUBJECT_SILENT, … */
    public static Subject start(Workload workload, Cleanup cleanup) {
        String name = "rewind-bench-" + workload.name() + "-"
                + Integer.toHexString(RandomGenerator.getDefault().nextInt(0x1000, 0x10000));
        requireImage(workload.image());
        workload.load().ifPresent(load -> requireImage(load.image()));
        List<String> create = new ArrayList<>(List.of("docker", "create", "--name", name, "--runtime", "rewind"));
        create.addAll(workload.engineArguments());
        workload.environment().forEach(each -> create.addAll(List.of("--env", each)));
        create.add(workload.image());
        create.addAll(workload.program());
        cleanup.make(
                () -> Program.run(create.toArray(String[]::new)),
                () -> Program.run("sh", "-c", "docker rm --force --volumes " + name + " 2>&1 || true"));
        for (Map.Entry<String, Path> file : workload.files().entrySet()) {
            Program.run("docker", "cp", file.getValue().toString(), name + ":" + file.getKey());
        }
        Program.run("docker", "start", name);
        Subject subject = new Subject(name, workload);
        subject.awaitReady();
        return subject;
    }

    private static void requireImage(String image) {
        if (Program.run("docker", "images", "--quiet", image).isBlank()) {
            throw new Fault(
                    BenchFault.IMAGE_MISSING,
                    Severity.REJECTED,
                    "there is no image " + image + "; start the benchmark with ./rewind bench, which makes it");
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + READY.toNanos();
        while (!isReady(log())) {
            if (System.nanoTime() > end) {
                throw new Fault(
                        BenchFault.SUBJECT_SILENT,
                        Severity.REJECTED,
                        "the workload " + workload.name() + " says nothing; its log: " + log());
            }
            Pause.of(GLANCE);
        }
        workload.answer().ifPresent(answer -> {
            try {
                answer.await(address(), READY);
            } catch (Fault e) {
                throw new Fault(
                        BenchFault.SUBJECT_SILENT,
                        Severity.REJECTED,
                        "the workload " + workload.name() + " does not answer; its log: " + log(),
                        e);
            }
        });
    }

    private boolean isReady(String log) {
        return log.contains(workload.ready()) && (workload.probe().isEmpty() || log.contains(StallProbe.READY));
    }

    public String name() {
        return name;
    }

    public Workload workload() {
        return workload;
    }

    /** Its own, on the engine's bridge. */
    public String address() {
        return Program.run("docker", "inspect", "--format", "{{.NetworkSettings.IPAddress}}", name)
                .strip();
    }

    /** Of the first process, on this host. */
    public long pid() {
        return Long.parseLong(Program.run("docker", "inspect", "--format", "{{.State.Pid}}", name)
                .strip());
    }

    public String id() {
        return Program.run("docker", "inspect", "--format", "{{.Id}}", name).strip();
    }

    public String log() {
        return Program.run("docker", "logs", name);
    }

    /** Since it was started. */
    public List<Stall> stalls() {
        return Stall.parse(log());
    }

    /** Pages that the probe wrote in a second, by its own count, over a stretch of time. */
    public double written(Instant from, Instant to) {
        return Beat.rate(log(), from, to);
    }

    /** The longest of a stretch of time. */
    public Duration longestStall(Instant from, Instant to) {
        return Stall.longest(stalls(), from, to);
    }

    public void remove() {
        Program.run("docker", "rm", "--force", "--volumes", name);
    }
}
