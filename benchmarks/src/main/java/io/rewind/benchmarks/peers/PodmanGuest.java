package io.rewind.benchmarks.peers;

import io.rewind.benchmarks.subject.Workload;
import io.rewind.cli.stand.Program;
import java.util.ArrayList;
import java.util.List;

/** Run by Podman, from the files of the same image; at rest while others are measured. */
final class PodmanGuest implements Guest {
    private final Podman podman;
    private final Workload workload;
    private final String name;

    private PodmanGuest(Podman podman, Workload workload) {
        this.podman = podman;
        this.workload = workload;
        this.name = "rewind-bench-" + workload.name();
    }

    /** Returns once it is started. */
    static PodmanGuest start(Podman podman, Workload workload) {
        String image = "localhost/" + workload.image();
        String files = podman.folder().resolve("files.tar").toString();
        Program.run(
                "sh",
                "-c",
                "set -e; c=$(docker create " + workload.image() + " sh); docker export -o " + files
                        + " $c; docker rm $c");
        podman.tool().run("import", files, image);
        Program.run("rm", files);
        PodmanGuest guest = new PodmanGuest(podman, workload);
        // Its own limits are above what a root without all capabilities may set.
        List<String> run = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--name",
                guest.name,
                "--ulimit",
                "nofile=4096:4096",
                "--ulimit",
                "nproc=4096:4096"));
        workload.environment().forEach(each -> run.addAll(List.of("--env", each)));
        run.add(image);
        run.addAll(workload.program());
        podman.tool().run(run.toArray(String[]::new));
        return guest;
    }

    String name() {
        return name;
    }

    Podman podman() {
        return podman;
    }

    @Override
    public Workload workload() {
        return workload;
    }

    @Override
    public String address() {
        return podman.tool()
                .run("inspect", "--format", "{{.NetworkSettings.IPAddress}}", name)
                .strip();
    }

    @Override
    public String log() {
        return podman.tool().run("logs", name);
    }

    /** Not done: nobody but Podman uses it. */
    @Override
    public void revive() {}

    @Override
    public void rest() {
        if (worksAlways()) {
            podman.tool().run("pause", name);
        }
    }

    @Override
    public void wake() {
        if (worksAlways()) {
            podman.tool().run("unpause", name);
        }
    }

    /** A service without clients is at rest by itself. */
    private boolean worksAlways() {
        return workload.answer().isEmpty();
    }
}
