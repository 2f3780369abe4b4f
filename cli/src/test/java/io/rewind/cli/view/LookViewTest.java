package io.rewind.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.cli.client.Rehearsal;
import io.rewind.cli.output.Json;
import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.RestoreMode;
import io.rewind.restore.compare.FileDifference;
import io.rewind.restore.compare.MemoryDifference;
import io.rewind.restore.compare.ProcessComparison;
import io.rewind.restore.look.Entry;
import io.rewind.restore.look.Processes.Member;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people see, to the letter, and the fields that programs rely on. */
class LookViewTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Member INIT = new Member(1, 0, 2, 5 << 20, "web", "web -v", false, Map.of(3, "/data/log"));
    private static final Member CHILD = new Member(7, 1, 1, 4096, "sh", "[sh]", true, Map.of());

    private static Entry entry(FileType type, String path, int mode, long size, String target) {
        FileMeta meta = FileMeta.newBuilder()
                .setType(type)
                .setMode(mode)
                .setUid(0)
                .setGid(33)
                .setMtimeNanos(1_772_368_265_000_000_000L)
                .setSize(size)
                .setTarget(ByteBuffer.wrap(bytes(target)))
                .setXattrs(List.of())
                .setDigest(ByteBuffer.allocate(0))
                .build();
        return new Entry("", bytes(path), meta);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void filesAsLsHasThem() {
        assertThat(FileView.line(entry(FileType.FILE, "bin/su", 04755, 4096, ""), BERLIN))
                .isEqualTo("-rwsr-xr-x     0    33         4096 2026-03-01 13:31:05 /bin/su");
        assertThat(FileView.line(entry(FileType.DIRECTORY, "tmp", 01777, 0, ""), BERLIN))
                .isEqualTo("drwxrwxrwt     0    33            0 2026-03-01 13:31:05 /tmp");
        assertThat(FileView.line(entry(FileType.SYMLINK, "a", 0777, 0, "../\u001b]0;x\u0007"), BERLIN))
                .isEqualTo("lrwxrwxrwx     0    33            0 2026-03-01 13:31:05 /a -> ../\\x1b]0;x\\x07");
        assertThat(FileView.line(entry(FileType.WHITEOUT, "gone", 0, 0, ""), BERLIN))
                .isEqualTo("deleted        0    33            0 2026-03-01 13:31:05 /gone");
    }

    @Test
    void filesForPrograms() {
        assertThat(Json.line(FileView.json(entry(FileType.SYMLINK, "a\u009b", 0777, 0, "b"))))
                .isEqualTo("{\"path\":\"/a\\\\xc2\\\\x9b\",\"type\":\"symlink\",\"mode\":\"0777\",\"uid\":0,\"gid\":33,"
                        + "\"size\":0,\"time\":\"2026-03-01T12:31:05Z\",\"target\":\"b\"}");
    }

    @Test
    void processesAsATree() {
        assertThat(ProcessView.table(List.of(INIT, CHILD))).isEqualTo("""
                PID  PPID  THREADS  RESIDENT  COMMAND
                  1     0        2   5.0 MiB  web -v
                  7     1        1   4.0 KiB    [sh] (zombie)
                """);
        assertThat(Json.line(ProcessView.json(List.of(INIT))))
                .isEqualTo("[{\"pid\":1,\"ppid\":0,\"threads\":2,\"residentBytes\":5242880,\"name\":\"web\","
                        + "\"command\":\"web -v\",\"zombie\":false,\"open\":{\"3\":\"/data/log\"}}]");
    }

    @Test
    void differencesOfFiles() {
        Entry log = entry(FileType.FILE, "data/log", 0644, 4096, "");
        FileDifference changed = new FileDifference(FileDifference.Kind.CHANGED, log, 12, 4096);
        assertThat(DiffView.line(changed)).isEqualTo("changed    /data/log  (12 B -> 4.0 KiB)");
        assertThat(DiffView.line(new FileDifference(FileDifference.Kind.REMOVED, log, 12, 0)))
                .isEqualTo("removed    /data/log  (was 12 B)");
        assertThat(Json.line(DiffView.json(changed)))
                .isEqualTo("{\"what\":\"file\",\"change\":\"changed\",\"path\":\"/data/log\",\"bytesBefore\":12,"
                        + "\"bytesAfter\":4096}");
    }

    @Test
    void differencesOfMemoryAndProcesses() {
        MemoryDifference heap = new MemoryDifference("1", "[heap]", 3, 20, 0);
        assertThat(DiffView.table(List.of(heap))).isEqualTo("""
                PROCESS  CHANGED  ADDED  REMOVED  MAPPING
                      1       20      3        0  [heap]
                """);
        assertThat(Json.line(DiffView.json(heap)))
                .isEqualTo("{\"what\":\"memory\",\"space\":\"1\",\"mapping\":\"[heap]\",\"pagesChanged\":20,"
                        + "\"pagesAdded\":3,\"pagesRemoved\":0}");
        ProcessComparison processes = new ProcessComparison(
                List.of(CHILD), List.of(), List.of(new ProcessComparison.Descriptor(1, 4, "/new")), List.of());
        assertThat(DiffView.lines(processes)).containsExactly("came    7  [sh]", "opened  1  4  /new");
        assertThat(DiffView.json(processes)).hasSize(2);
    }

    @Test
    void aDryRunSaysWhatIsKnownAndWhatIsNot() {
        Rehearsal never = new Rehearsal(
                Samples.full().getHeader(), RestoreMode.IN_PLACE, 1 << 20, 2048, 3, 10, List.of(), List.of());
        Instant now = Instant.parse("2026-03-01T12:32:05Z");
        assertThat(RehearsalView.text(never, "web would go back", now, ZoneOffset.UTC))
                .isEqualTo("""
                nothing was done; web would go back
                  point     0199c2f4a1b37e05 of 2026-03-01 12:31:05, 60 s ago
                  memory    1.0 MiB
                  files     3 that changed since the image, 10 B
                  images    2.0 KiB of process state
                  takes     not known: no such restore of it has been recorded
                  host      this one is like the one it was captured on
                  unchecked whether image, engine and disk allow it
                """);
        Rehearsal often = new Rehearsal(
                never.point(),
                RestoreMode.IN_PLACE,
                1,
                2,
                3,
                4,
                List.of("it is older"),
                List.of(Samples.running(), Samples.running()));
        assertThat(RehearsalView.text(often, "x", now, ZoneOffset.UTC))
                .contains("takes     the last 2 took 840.0 ms, 310.0 ms of it without a running process\n");
        assertThat(RehearsalView.text(often, "x", now, ZoneOffset.UTC))
                .contains("host      not this one without --force: it is older\n");
        assertThat(RehearsalView.json(often).path("differences")).hasSize(1);
        assertThat(RehearsalView.json(often).path("bytes").asLong()).isEqualTo(7);
        assertThat(RehearsalView.json(often).path("before")).hasSize(2);
    }
}
