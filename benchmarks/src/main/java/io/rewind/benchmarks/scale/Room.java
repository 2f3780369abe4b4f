package io.rewind.benchmarks.scale;

import io.rewind.benchmarks.figure.Unit;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a machine has left.
 *
 * @param memory bytes that programs could still get
 * @param disk bytes, where temporary folders are
 */
record Room(long memory, long disk) {
    /** The container, and once more what its images take of the page cache while it is restored. */
    private static final long MEMORY_TIMES = 2;
    /** Records under way, the store, and images of the point and of the present. */
    private static final long DISK_TIMES = 5;
    /** The node. */
    private static final long BESIDE = 1L << 30;

    static Room here() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return new Room(
                    available(lines),
                    Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))
                            .getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long available(Stream<String> meminfo) {
        return meminfo.filter(line -> line.startsWith("MemAvailable:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                << 10;
    }

    /** @throws Fault NO_MEMORY, NO_DISK unless a container of {@code resident} bytes has room */
    void require(long resident) {
        require(ScaleFault.NO_MEMORY, "memory", resident * MEMORY_TIMES + BESIDE, memory);
        require(ScaleFault.NO_DISK, "disk", resident * DISK_TIMES + BESIDE, disk);
    }

    private static void require(ScaleFault code, String what, long needed, long free) {
        if (needed > free) {
            throw new Fault(
                    code,
                    Severity.REJECTED,
                    "not tried: it takes " + Unit.BYTES.text((double) needed) + " of " + what + ", and "
                            + Unit.BYTES.text((double) free) + " are free");
        }
    }
}
