package io.rewind.criu.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rewind.criu.CountField;
import io.rewind.criu.Entry;
import io.rewind.criu.HandMade;
import io.rewind.criu.PageMap;
import io.rewind.criu.ProcessTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two threads, a program of which one page was written to, a heap with a hole, shared memory. */
class CoreFileTest {
    private static final ProcessTree.Task TASK = new ProcessTree.Task(17, 1, 17, 1, List.of(17, 19));
    private static final int ALL = Entry.PRESENT;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path core = Path.of("core");

    /** A program header. */
    private record Header(int type, int flags, long offset, long address, long file, long memory) {}

    /** A note. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Note(int type, ByteBuffer body) {}

    @BeforeEach
    void images() throws IOException {
        HandMade.image(folder.resolve("core-17.img"), HandMade.CORE, HandMade.core("web", 1000, 7));
        HandMade.image(folder.resolve("core-19.img"), HandMade.CORE, HandMade.core("web", 5000, 7));
        HandMade.image(
                folder.resolve("mm-17.img"),
                HandMade.MM,
                HandMade.message()
                        .number(12, 3)
                        .number(13, 33)
                        .number(13, 0x9000)
                        .inside(14, HandMade.mapping(0x400000, 0x403000, 0x1000, 3, 5, 1 | 1 << 6))
                        .inside(14, HandMade.mapping(0x500000, 0x504000, 0, 0, 3, 1 | 1 << 5 | 1 << 9))
                        .inside(14, HandMade.mapping(0x600000, 0x601000, 0x1000, 9, 3, 1 | 1 << 8))
                        .inside(14, HandMade.mapping(0x700000, 0x701000, 0, 0, 1, 1 | 1 << 12)));
        HandMade.image(
                folder.resolve("files.img"),
                HandMade.FILES,
                HandMade.message()
                        .number(1, 1)
                        .number(2, 3)
                        .inside(3, HandMade.message().number(1, 3).text(6, "/usr/bin/web")));
        pages(
                "17",
                1,
                new Entry(0x401000, 1, ALL, CountField.WIDE),
                new Entry(0x500000, 1, ALL, CountField.WIDE),
                new Entry(0x502000, 1, ALL, CountField.WIDE));
        pages("shmem-9", 2, new Entry(0, 2, ALL, CountField.WIDE));
        core = folder.resolve("core");
        assertThat(CoreFile.write(folder, TASK, core)).isTrue();
    }

    /** Page n of pages file i is filled with 16 i + n. */
    private void pages(String space, int id, Entry... entries) throws IOException {
        PageMap map = new PageMap(space, id, List.of(entries));
        map.writeInto(folder);
        byte[] content = new byte[(int) map.presentBytes()];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (16 * id + i / 4096);
        }
        Files.write(folder.resolve("pages-" + id + ".img"), content);
    }

    private ByteBuffer bytes() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(core)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private List<Header> headers(ByteBuffer elf) {
        List<Header> headers = new ArrayList<>();
        int count = elf.getShort(56);
        for (int at = (int) elf.getLong(32); headers.size() < count; at += elf.getShort(54)) {
            headers.add(new Header(
                    elf.getInt(at),
                    elf.getInt(at + 4),
                    elf.getLong(at + 8),
                    elf.getLong(at + 16),
                    elf.getLong(at + 32),
                    elf.getLong(at + 40)));
        }
        return headers;
    }

    @Test
    void everyMappingIsThereWithItsPages() throws IOException {
        ByteBuffer elf = bytes();
        List<Header> loads = headers(elf).stream().filter(h -> h.type() == 1).toList();
        assertThat(loads)
                .extracting(Header::address, Header::memory, Header::file, Header::flags)
                .containsExactly(
                        tuple(0x400000L, 0x1000L, 0L, 5),
                        tuple(0x401000L, 0x1000L, 0x1000L, 5),
                        tuple(0x402000L, 0x1000L, 0L, 5),
                        tuple(0x500000L, 0x3000L, 0x3000L, 6),
                        tuple(0x503000L, 0x1000L, 0L, 6),
                        tuple(0x600000L, 0x1000L, 0x1000L, 6));
        assertThat(loads).allMatch(h -> h.offset() % 4096 == 0 && h.offset() + h.file() <= elf.capacity());
        assertThat(elf.get((int) loads.get(1).offset())).isEqualTo((byte) 16);
        assertThat(elf.get((int) loads.get(3).offset())).isEqualTo((byte) 17);
        assertThat(elf.get((int) loads.get(3).offset() + 0x1000)).isZero();
        assertThat(elf.get((int) loads.get(3).offset() + 0x2000)).isEqualTo((byte) 18);
        assertThat(elf.get((int) loads.get(5).offset()))
                .as("the second page of the segment")
                .isEqualTo((byte) 33);
    }

    @Test
    void notesTellOfThreadsProcessAndFiles() throws IOException {
        List<Note> notes = notes(bytes());
        assertThat(notes).extracting(Note::type).containsExactly(1, 3, 6, 0x46494c45, 1);

        ByteBuffer first = notes.getFirst().body();
        assertThat(first.capacity()).isEqualTo(336);
        assertThat(first.getInt(32)).isEqualTo(17);
        assertThat(first.getLong(24)).isEqualTo(0x4002);
        assertThat(first.getLong(112)).as("r15").isEqualTo(1001);
        assertThat(first.getLong(112 + 16 * 8)).as("rip").isEqualTo(1017);
        assertThat(notes.getLast().body().getInt(32)).isEqualTo(19);
        assertThat(notes.getLast().body().getLong(112)).isEqualTo(5001);

        ByteBuffer process = notes.get(1).body();
        assertThat(process.capacity()).isEqualTo(136);
        assertThat(process.getInt(16)).isEqualTo(33);
        assertThat(process.getInt(24)).isEqualTo(17);
        assertThat(text(process, 40)).isEqualTo("web");

        assertThat(notes.get(2).body().getLong(8)).isEqualTo(0x9000);

        ByteBuffer files = notes.get(3).body();
        assertThat(files.getLong(0)).isEqualTo(1);
        assertThat(files.getLong(16)).isEqualTo(0x400000);
        assertThat(files.getLong(24)).isEqualTo(0x403000);
        assertThat(files.getLong(32)).as("in pages").isEqualTo(1);
        assertThat(text(files, 40)).isEqualTo("/usr/bin/web");
    }

    private List<Note> notes(ByteBuffer elf) {
        Header header = headers(elf).getFirst();
        assertThat(header.type()).isEqualTo(4);
        List<Note> notes = new ArrayList<>();
        for (int at = (int) header.offset(); at < header.offset() + header.file(); ) {
            int size = elf.getInt(at + 4);
            assertThat(text(elf, at + 12)).isEqualTo("CORE");
            notes.add(new Note(elf.getInt(at + 8), elf.slice(at + 20, size).order(ByteOrder.LITTLE_ENDIAN)));
            at += 20 + (size + 3) / 4 * 4;
        }
        return notes;
    }

    private static String text(ByteBuffer bytes, int at) {
        byte[] all = Arrays.copyOfRange(bytes.array(), bytes.arrayOffset() + at, bytes.arrayOffset() + bytes.limit());
        String text = new String(all, StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf(0));
    }

    @Test
    void aZombieHasNoCore() throws IOException {
        HandMade.image(
                folder.resolve("core-30.img"),
                HandMade.CORE,
                HandMade.message()
                        .number(1, 1)
                        .inside(3, HandMade.message().number(1, 2).text(6, "gone")));
        ProcessTree.Task zombie = new ProcessTree.Task(30, 17, 30, 1, List.of());
        assertThat(CoreFile.write(folder, zombie, folder.resolve("core.30"))).isFalse();
        assertThat(folder.resolve("core.30")).doesNotExist();
    }
}
