package io.rewind.capture.freeze;

import io.rewind.capture.freeze.MountTable.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A container's mounts beside the host's: which are its own, and which come from outside. */
final class ContainerMounts {
    /** Kinds that CRIU dumps and re-creates by itself, although the host may show the same instance. */
    private static final Set<String> OWN_KINDS = Set.of("proc", "sysfs", "mqueue", "devpts", "cgroup2");

    /** Kinds of file system whose /null masks a file: the container's own /dev, or the host's. */
    private static final Set<String> MASKS = Set.of("tmpfs", "devtmpfs");

    private final MountTable own;
    private final MountTable host;
    private final Set<String> hostDevices;

    ContainerMounts(MountTable own, MountTable host) {
        this.own = own;
        this.host = host;
        this.hostDevices = host.mounts().stream().map(Mount::device).collect(Collectors.toSet());
    }

    static ContainerMounts of(int pid) {
        return new ContainerMounts(MountTable.of(pid), MountTable.of(1));
    }

    /** Where the host sees the container's root file system. */
    Optional<Path> root() {
        return own.root()
                .flatMap(root -> host.mounts().stream()
                        .filter(m ->
                                m.device().equals(root.device()) && m.root().equals(root.root()))
                        .map(m -> Path.of(m.point()))
                        .findFirst());
    }

    /**
     * CRIU's {@code --external} for every mount that comes from outside: file systems that the host has as well, and
     * masked files, under the names that runc gives them at restore.
     */
    List<String> externals() {
        List<String> externals = new ArrayList<>();
        for (Mount mount : own.mounts()) {
            if (mount.point().equals("/")) {
                continue;
            }
            if (MASKS.contains(mount.kind()) && mount.root().equals("/null")) {
                externals.add("mnt[" + mount.point() + "]:/dev/null");
            } else if (hostDevices.contains(mount.device()) && !OWN_KINDS.contains(mount.kind())) {
                externals.add("mnt[" + mount.point() + "]:" + mount.point());
            }
        }
        return externals;
    }

    /** Where a tmpfs is mounted that is the container's own, in the order of the table. */
    List<String> tmpfs() {
        return own.mounts().stream()
                .filter(mount -> mount.kind().equals("tmpfs") && mount.root().equals("/"))
                .filter(mount -> !hostDevices.contains(mount.device()))
                .map(Mount::point)
                .distinct()
                .toList();
    }
}
