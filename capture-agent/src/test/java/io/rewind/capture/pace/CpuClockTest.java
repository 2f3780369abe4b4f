package io.rewind.capture.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.capture.freeze.ControlGroup;
import io.rewind.capture.freeze.MountTable.Mount;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuClockTest {
    private static final Mount ACCOUNTS =
            new Mount("0:30", "/", "/sys/fs/cgroup/cpu,cpuacct", "cgroup", "rw,cpu,cpuacct");
    private static final Mount MEMORY = new Mount("0:32", "/", "/sys/fs/cgroup/memory", "cgroup", "rw,memory");
    private static final Mount UNIFIED = new Mount("0:29", "/", "/sys/fs/cgroup", "cgroup2", "rw,nsdelegate");

    @Test
    void version1HasAnAccountOfItsOwn() {
        List<String> groups = List.of(
                "4:memory:/docker/abc", "2:cpu,cpuacct:/docker/abc", "1:name=systemd:/docker/abc", "0::/docker/abc");
        assertThat(CpuClock.locate(new ControlGroup(groups, List.of(MEMORY, UNIFIED, ACCOUNTS))))
                .contains(Path.of("/sys/fs/cgroup/cpu,cpuacct/docker/abc/cpuacct.usage"));
        assertThat(CpuClock.parse("1234567890123\n")).hasValue(1234567890123L);
    }

    @Test
    void version2HasItAmongTheStatistics() {
        List<String> groups = List.of("0::/system.slice/docker-abc.scope");
        assertThat(CpuClock.locate(new ControlGroup(groups, List.of(UNIFIED))))
                .contains(Path.of("/sys/fs/cgroup/system.slice/docker-abc.scope/cpu.stat"));
        assertThat(CpuClock.parse("usage_usec 4711\nuser_usec 4000\nsystem_usec 711\n"))
                .hasValue(4711);
    }

    @Test
    void whatIsNotMountedOrNotSaidIsNotKnown() {
        assertThat(CpuClock.locate(new ControlGroup(List.of("2:cpuacct:/docker/abc"), List.of(MEMORY))))
                .isEmpty();
        assertThat(CpuClock.parse("nr_periods 0\n")).isEmpty();
        assertThat(CpuClock.of(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void itMovesWhileSomethingRuns() {
        int self = (int) ProcessHandle.current().pid();
        long before = CpuClock.of(self).orElseThrow();
        long until = System.nanoTime() + 50_000_000;
        long spun = 0;
        while (System.nanoTime() < until) {
            spun++;
        }
        assertThat(spun).isPositive();
        assertThat(CpuClock.of(self).orElseThrow()).isGreaterThan(before);
    }
}
