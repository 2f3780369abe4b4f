package io.rewind.cli.demo;

import io.rewind.cli.stand.Pause;
import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** A container that runs the workload, looked at and meddled with from outside. */
record Workload(String container) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(150);
    static final long WRONG_COUNT = 1_000_000;

    static Workload run(String container, String image) {
        Program.run("docker", "run", "--detach", "--name", container, image, "/bin/sh", "/workload");
        return new Workload(container);
    }

    /** Overwrites what it keeps in memory and deletes its files. */
    void vandalise() {
        Program.run("docker", "exec", container, "sh", "-c", "echo " + WRONG_COUNT + " >/order; rm -rf /data");
    }

    Counts counts() {
        return Counts.parse(Program.run("docker", "logs", "--timestamps", container));
    }

    /** Asks inside the container until the answer is as wanted. @throws Fault WORKLOAD_SILENT */
    Verdict await(String what, Predicate<Verdict> wanted) {
        long end = System.nanoTime() + LIMIT.toNanos();
        String said = "";
        while (System.nanoTime() < end) {
            said = verdict();
            Optional<Verdict> verdict = Verdict.parse(said).filter(wanted);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            Pause.of(GLANCE);
        }
        throw new Fault(
                DemoFault.WORKLOAD_SILENT,
                Severity.REJECTED,
                container + " was expected " + what + ", but says: " + said.strip());
    }

    /** Text also where the container cannot be asked at this moment. */
    private String verdict() {
        try {
            return Program.run("docker", "exec", container, "cat", "/verdict");
        } catch (Fault e) {
            return e.sentence();
        }
    }
}
