package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.subject.Subject;
import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.stand.Program;

/** Run by the Docker engine. */
record EngineGuest(Subject subject) implements Guest {

    @Override
    public Workload workload() {
        return subject.workload();
    }

    @Override
    public String address() {
        return subject.address();
    }

    @Override
    public String log() {
        return subject.log();
    }

    @Override
    public void revive() {
        kill();
        Program.run("docker", "start", subject.name());
    }

    /** As `docker kill`, and content where it is dead already. */
    void kill() {
        Program.run("sh", "-c", "docker kill " + subject.name() + " >/dev/null 2>&1; docker wait " + subject.name());
    }
}
