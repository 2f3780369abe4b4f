package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerMountsTest {
    /** A host with cgroup v1; the engine's folder is a mount of its own. */
    private static final MountTable HOST = table("""
            22 27 0:21 / /proc rw,relatime - proc proc rw
            23 27 0:22 / /sys rw,relatime - sysfs sysfs rw
            24 27 0:6 / /dev rw,relatime - devtmpfs devtmpfs rw,size=12334492k,nr_inodes=3083623,mode=755
            25 24 0:23 / /dev/shm rw,relatime - tmpfs tmpfs rw,size=24684092k
            27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
            40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
            41 31 0:38 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate
            42 27 254:0 /var/lib/docker /var/lib/docker rw,relatime shared:1 - ext4 /dev/vda rw,discard
            46 42 0:39 / /var/lib/docker/overlay2/0a/merged rw,relatime shared:2 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A:/var/lib/docker/overlay2/l/B,upperdir=/var/lib/docker/overlay2/0a/diff,workdir=/var/lib/docker/overlay2/0a/work
            95 27 0:4 net:[4026532184] /run/docker/netns/3f rw - nsfs nsfs rw
            """);

    /** Of a container of Docker 20.10 on that host, with a volume, a bind mount and a masked file. */
    private static final MountTable CONTAINER = table("""
            102 98 0:39 / / rw,relatime master:2 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A:/var/lib/docker/overlay2/l/B,upperdir=/var/lib/docker/overlay2/0a/diff,workdir=/var/lib/docker/overlay2/0a/work
            104 102 254:0 /var/lib/docker/containers/c1/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/vda rw,discard
            105 102 254:0 /var/lib/docker/volumes/v/_data /data rw,relatime - ext4 /dev/vda rw,discard
            106 102 254:0 /srv/a\\040folder /mnt/a\\040folder\\134 rw,relatime - ext4 /dev/vda rw,discard
            110 102 0:47 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
            112 110 0:47 /bus /proc/bus ro,nosuid,nodev,noexec,relatime - proc proc rw
            120 110 0:48 / /proc/acpi ro,relatime - tmpfs tmpfs ro
            122 110 0:6 /null /proc/keys rw,nosuid - devtmpfs devtmpfs rw,size=12334492k,nr_inodes=3083623,mode=755
            124 110 0:49 /null /proc/timer_list rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
            126 102 0:49 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
            128 126 0:50 / /dev/pts rw,nosuid,noexec,relatime - devpts devpts rw,gid=5,mode=620,ptmxmode=666
            130 126 0:42 / /dev/mqueue rw,nosuid,nodev,noexec,relatime - mqueue mqueue rw
            132 126 0:51 / /dev/shm rw,nosuid,nodev,noexec,relatime - tmpfs shm rw,size=65536k
            134 102 0:52 / /sys ro,nosuid,nodev,noexec,relatime - sysfs sysfs ro
            136 134 0:53 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime - tmpfs tmpfs rw,mode=755
            138 136 0:29 /docker/c1 /sys/fs/cgroup/cpu ro,nosuid,nodev,noexec,relatime - cgroup cgroup rw,cpu
            154 136 0:37 / /sys/fs/cgroup/systemd ro,nosuid,nodev,noexec,relatime - cgroup cgroup rw,name=systemd
            156 134 0:54 / /sys/firmware ro,relatime - tmpfs tmpfs ro
            """);

    private static final ContainerMounts MOUNTS = new ContainerMounts(CONTAINER, HOST);

    @Test
    void whatCriuWouldArchive() {
        assertThat(MOUNTS.tmpfs()).containsExactly("/proc/acpi", "/dev", "/dev/shm", "/sys/fs/cgroup", "/sys/firmware");
    }

    @Test
    void whatComesFromOutsideIsExternalUnderTheNameRuncGivesIt() {
        assertThat(MOUNTS.externals())
                .containsExactly(
                        "mnt[/etc/resolv.conf]:/etc/resolv.conf",
                        "mnt[/data]:/data",
                        "mnt[/mnt/a folder\\]:/mnt/a folder\\",
                        "mnt[/proc/keys]:/dev/null",
                        "mnt[/proc/timer_list]:/dev/null",
                        "mnt[/sys/fs/cgroup/cpu]:/sys/fs/cgroup/cpu",
                        "mnt[/sys/fs/cgroup/systemd]:/sys/fs/cgroup/systemd");
    }

    @Test
    void cgroup2IsLeftToCriu() {
        MountTable container = table("""
                700 600 0:80 / / rw,relatime master:300 - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w,nouserxattr
                701 700 0:38 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate
                """);
        assertThat(new ContainerMounts(container, HOST).externals()).isEmpty();
        assertThat(container.upperDirectory()).contains(Path.of("/u"));
    }

    @Test
    void theRootIsFoundOnTheHost() {
        assertThat(CONTAINER.upperDirectory()).contains(Path.of("/var/lib/docker/overlay2/0a/diff"));
        assertThat(MOUNTS.root()).contains(Path.of("/var/lib/docker/overlay2/0a/merged"));
        assertThat(new ContainerMounts(table(""), HOST).root()).isEmpty();
    }

    private static MountTable table(String text) {
        return MountTable.parse(List.of(text.split("\n")));
    }
}
