package io.rewind.cli.it;

import static org.awaitility.Awaitility.await;

import io.rewind.cli.service.ServiceKind;
import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As good as a host of its own: a network namespace, an engine in it, the services that a host has. All ended by pid. */
final class OwnHost implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** All that is mounted below, what was mounted last first. */
    private static final String UNMOUNT =
            "grep -F \" $1/\" /proc/mounts | cut -d ' ' -f 2 | sort -r | xargs --no-run-if-empty -n 1 umount --lazy";

    private final String name;
    private final Path folder;
    private final String gateway;
    private final List<ServiceProcess> services = new ArrayList<>();
    private final Process containerd;
    private Process engine;

    /** @param number of its network, 10.213.number.0 */
    OwnHost(String name, int number, Path parent) throws IOException {
        this.name = name;
        this.folder = Files.createDirectory(parent.resolve(name));
        this.gateway = "10.213." + number + ".1";
        String outside = "rewind" + number;
        // Left over from a run that was killed.
        run("sh", "-c", "ip netns del " + name + " 2>/dev/null; ip link del " + outside + " 2>/dev/null; true");
        run("ip", "netns", "add", name);
        run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name);
        run("ip", "addr", "add", gateway + "/24", "dev", outside);
        run("ip", "link", "set", outside, "up");
        run("ip", "-n", name, "addr", "add", "10.213." + number + ".2/24", "dev", "eth0");
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "-n", name, "link", "set", "eth0", "up");
        run("ip", "-n", name, "route", "add", "default", "via", gateway);
        this.containerd = startContainerd();
        this.engine = startEngine();
    }

    /** The machine's own address in this host's network. */
    String gateway() {
        return gateway;
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    private List<String> inside() {
        return List.of("nsenter", "--net=/run/netns/" + name);
    }

    private String socket() {
        return "unix://" + folder.resolve("docker.sock");
    }

    /** Not the engine's child, as where a service manager starts both: it must outlive the engine. */
    private Process startContainerd() throws IOException {
        Path config = Files.writeString(folder.resolve("containerd.toml"), """
                version = 2
                disabled_plugins = ["io.containerd.grpc.v1.cri"]
                root = "%1$s/containerd"
                state = "%1$s/containerd-state"
                [grpc]
                address = "%1$s/containerd.sock"
                """.formatted(folder));
        List<String> command = new ArrayList<>(inside());
        command.addAll(List.of("containerd", "--config", config.toString()));
        return logged(command, "containerd.log");
    }

    private Process logged(List<String> command, String log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
                .start();
    }

    private Process startEngine() throws IOException {
        List<String> command = new ArrayList<>(inside());
        command.addAll(List.of("dockerd", "--host", socket(), "--live-restore"));
        command.addAll(List.of("--containerd", folder.resolve("containerd.sock").toString()));
        command.addAll(List.of("--data-root", folder.resolve("docker").toString()));
        command.addAll(List.of("--exec-root", folder.resolve("exec").toString()));
        command.addAll(List.of("--pidfile", folder.resolve("docker.pid").toString()));
        command.addAll(List.of(
                "--config-file",
                Files.writeString(folder.resolve("daemon.json"), "{}").toString()));
        command.addAll(List.of("--add-runtime", "rewind=/usr/local/bin/rewind-runc"));
        Process started = logged(command, "dockerd.log");
        await().atMost(LIMIT).until(() -> {
            try {
                docker("version");
                return true;
            } catch (Fault e) {
                return false;
            }
        });
        return started;
    }

    /** SIGKILL, and another one in its place. */
    void killEngine() {
        engine.destroyForcibly().onExit().join();
    }

    void startEngineAgain() throws IOException {
        engine = startEngine();
    }

    /** The command line of its engine. */
    String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "--host", socket()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Copies an image of this machine's engine; it keeps its id. */
    void load(String image) {
        run("sh", "-c", "docker save " + image + " | docker --host " + socket() + " load");
    }

    /** @param settings further ones */
    void start(String bootstrap, String settings, ServiceKind... kinds) throws IOException {
        Path config = Files.writeString(folder.resolve("rewind.conf"), """
                rewind.host = "%s"
                rewind.kafka.bootstrap = "%s"
                rewind.data = "%s"
                rewind.capture.freeze-limit = 20s
                rewind.restore.engine = "%s"
                rewind.logging { format = json, level = debug }
                rewind.service.metrics-port { agent = 0, encoder = 0, store = 0, restore = 0 }
                %s
                """.formatted(
                        name, bootstrap, folder.resolve("data"), socket(), settings));
        for (ServiceKind kind : kinds) {
            services.add(new ServiceProcess(
                    inside(), Map.of("DOCKER_HOST", socket()), kind, config, folder.resolve(kind + ".out")));
        }
    }

    void awaitReady() {
        services.forEach(ServiceProcess::endpoint);
    }

    static String run(String... command) {
        return Program.run(command).strip();
    }

    @Override
    public void close() {
        services.forEach(ServiceProcess::kill);
        try {
            run(
                    "sh",
                    "-c",
                    "docker --host " + socket() + " ps --all --quiet | xargs --no-run-if-empty docker --host "
                            + socket() + " rm --force --volumes");
        } finally {
            for (Process process : List.of(engine, containerd)) {
                process.destroy();
                process.onExit().join();
            }
            run("ip", "netns", "del", name);
            run("sh", "-c", UNMOUNT, "unmount", folder.toString());
        }
    }
}
