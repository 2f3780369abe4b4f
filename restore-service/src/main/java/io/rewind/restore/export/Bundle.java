package io.rewind.restore.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.criu.Descriptors;
import io.rewind.criu.ImageNames;
import io.rewind.criu.MountedFrom;
import io.rewind.restore.code.RestoreCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a restore must be told about the container's outside. Stored data says which places inside need a mount, never
 * what is mounted there: that is a file or folder of the export (I9).
 *
 * @param ownNetwork whether it had a network of its own
 * @param mounts what is to be mounted from outside, the cgroup hierarchies and masks apart
 * @param cgroups version 1 hierarchies
 * @param masked whether files were hidden behind /dev/null
 * @param outputs pipes that the first process had as descriptors 0 to 2, empty where there was none
 */
record Bundle(boolean ownNetwork, List<Mount> mounts, List<String> cgroups, boolean masked, List<String> outputs) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MASK = "/dev/null";
    /** What the engine writes for each container, and what stands in for it. */
    private static final Map<String, String> FILES =
            Map.of("/etc/hosts", "127.0.0.1 localhost\n", "/etc/hostname", "restored\n", "/etc/resolv.conf", "");

    /** @param source in the export */
    record Mount(String inside, String source) {}

    static Bundle of(Path images, byte[] spec) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        List<String> cgroups = new ArrayList<>();
        boolean masked = false;
        for (MountedFrom outside : outside(images)) {
            if (outside.key().chars().anyMatch(Character::isISOControl)) {
                throw RestoreCode.POINT_REFUSED.because(
                        "The point is refused: a mount has a name with control characters.");
            }
            if (outside.key().equals(MASK)) {
                masked = true;
            } else if (outside.cgroup()) {
                cgroups.add(outside.key());
            } else {
                mounts.add(new Mount(outside.key(), "mounts/" + mounts.size()));
            }
        }
        Descriptors descriptors = Descriptors.read(images.resolve(ImageNames.DESCRIPTORS));
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < descriptors.targets().size(); i++) {
            outputs.add(descriptors.isPipe(i) ? descriptors.targets().get(i) : "");
        }
        return new Bundle(ownNetwork(spec), List.copyOf(mounts), List.copyOf(cgroups), masked, List.copyOf(outputs));
    }

    private static List<MountedFrom> outside(Path images) throws IOException {
        List<MountedFrom> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(images, "mountpoints-*.img")) {
            files.forEach(file -> found.addAll(MountedFrom.outside(file)));
        }
        return found;
    }

    private static boolean ownNetwork(byte[] spec) throws IOException {
        JsonNode json = JSON.readTree(spec);
        String mode = (json.isArray() ? json.path(0) : json)
                .path("HostConfig")
                .path("NetworkMode")
                .asText();
        return !mode.equals("host") && !mode.startsWith("container:");
    }

    void write(Path folder) throws IOException {
        Files.createDirectory(folder.resolve("mounts"));
        for (Mount mount : mounts) {
            Path source = folder.resolve(mount.source);
            String content = FILES.get(mount.inside);
            if (content == null) {
                Files.createDirectory(source);
            } else {
                Files.writeString(source, content);
            }
        }
        // Options of CRIU that runc has no flag for.
        Files.writeString(folder.resolve("criu.conf"), "tcp-close\nnetwork-lock skip\n");
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("config.json").toFile(), config());
    }

    /** As little as runc asks for: a restore takes all else from the images. */
    private ObjectNode config() {
        ObjectNode config = JSON.createObjectNode().put("ociVersion", "1.0.2");
        ObjectNode process = config.putObject("process").put("cwd", "/");
        process.putObject("user").put("uid", 0).put("gid", 0);
        process.putArray("args").add("restored");
        process.putArray("env").add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        config.putObject("root").put("path", "rootfs");
        ArrayNode all = config.putArray("mounts");
        mount(all, "/proc", "proc", "proc");
        mount(all, "/dev", "tmpfs", "tmpfs");
        mount(all, "/sys", "sysfs", "sysfs");
        if (!cgroups.isEmpty()) {
            mount(all, "/sys/fs/cgroup", "cgroup", "cgroup");
        }
        mounts.forEach(
                m -> mount(all, m.inside, "bind", m.source).putArray("options").add("rbind"));
        ObjectNode linux = config.putObject("linux");
        ArrayNode namespaces = linux.putArray("namespaces");
        for (String kind : List.of("pid", "ipc", "uts", "mount")) {
            namespaces.addObject().put("type", kind);
        }
        if (ownNetwork) {
            namespaces.addObject().put("type", "network");
        }
        if (masked) {
            linux.putArray("maskedPaths").add("/proc/kcore");
        }
        return config;
    }

    private static ObjectNode mount(ArrayNode all, String inside, String type, String source) {
        return all.addObject().put("destination", inside).put("type", type).put("source", source);
    }
}
