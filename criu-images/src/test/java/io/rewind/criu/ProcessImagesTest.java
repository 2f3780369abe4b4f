package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessImagesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aThreadHasItsRegistersOwnerAndName() throws IOException {
        Path file = HandMade.image(folder.resolve("core-1.img"), HandMade.CORE, HandMade.core("web", 1000, 7));

        TaskCore core = TaskCore.read(file);

        assertThat(core.comm().toStringUtf8()).isEqualTo("web");
        assertThat(core.registers())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 27).mapToObj(i -> 1000L + i).toList());
        assertThat(core.isAlive()).isTrue();
        assertThat(core.blockedSignals()).isEqualTo(0x4002);
        assertThat(core.uid()).isEqualTo(33);
        assertThat(core.gid()).isEqualTo(44);
        assertThat(core.files()).isEqualTo(7);
    }

    @Test
    void mappingsSayWhatTheyAre() throws IOException {
        Path file = HandMade.image(
                folder.resolve("mm-1.img"),
                HandMade.MM,
                HandMade.message()
                        .number(8, 0x7000)
                        .number(9, 0x7010)
                        .number(12, 3)
                        .number(13, 33)
                        .number(13, 0x9000)
                        .inside(14, HandMade.mapping(0x400000, 0x402000, 0x1000, 3, 5, 1 | 1 << 6))
                        .inside(14, HandMade.mapping(0x500000, 0x501000, 0, 0, 3, 1 | 1 << 5 | 1 << 9))
                        .inside(14, HandMade.mapping(0x600000, 0x601000, 0, 9, 3, 1 | 1 << 8))
                        .inside(14, HandMade.mapping(0x700000, 0x701000, 0, 0, 1, 1 | 1 << 9 | 1 << 12)));

        AddressSpace space = AddressSpace.read(file);

        assertThat(space.argEnd() - space.argStart()).isEqualTo(16);
        assertThat(space.executable()).isEqualTo(3);
        assertThat(space.auxv()).containsExactly(33L, 0x9000L);
        assertThat(space.mappings())
                .extracting(AddressSpace.Mapping::isFile)
                .containsExactly(true, false, false, false);
        assertThat(space.mappings())
                .extracting(AddressSpace.Mapping::label)
                .containsExactly("[anonymous]", "[heap]", "[shared 9]", "[anonymous]");
        assertThat(space.mappings().get(2).isSharedMemory()).isTrue();
        assertThat(space.mappings().get(3).isKernels()).isTrue();
    }

    @Test
    void overlappingMappingsAreRefused() throws IOException {
        Path file = HandMade.image(
                folder.resolve("mm-1.img"),
                HandMade.MM,
                HandMade.message()
                        .inside(14, HandMade.mapping(0x400000, 0x402000, 0, 0, 3, 1))
                        .inside(14, HandMade.mapping(0x401000, 0x403000, 0, 0, 3, 1)));
        assertThatThrownBy(() -> AddressSpace.read(file)).isInstanceOf(Fault.class);
    }

    @Test
    void descriptorsHaveTheirPathsOrKinds() throws IOException {
        OpenFile.Table table = table();
        Path info = HandMade.image(
                folder.resolve("fdinfo-7.img"),
                HandMade.FDINFO,
                HandMade.message().number(1, 3).number(2, 0).number(3, 1).number(4, 5),
                HandMade.message().number(1, 4).number(2, 0).number(3, 2).number(4, 1));

        assertThat(table.descriptors(info))
                .containsEntry(5, new OpenFile("file", ByteString.copyFromUtf8("/usr/bin/web")))
                .containsEntry(1, new OpenFile("pipe", ByteString.EMPTY));
        assertThat(table.mapped(3).name().toStringUtf8()).isEqualTo("/usr/bin/web");
        assertThat(table.mapped(99).name()).isEmpty();
    }

    private OpenFile.Table table() throws IOException {
        return OpenFile.Table.read(HandMade.image(
                folder.resolve("files.img"),
                HandMade.FILES,
                HandMade.message()
                        .number(1, 1)
                        .number(2, 3)
                        .inside(3, HandMade.message().number(1, 3).text(6, "/usr/bin/web")),
                HandMade.message()
                        .number(1, 2)
                        .number(2, 4)
                        .inside(18, HandMade.message().number(1, 4))));
    }

    @Test
    void mountsFromOutsideHaveTheirKeys() throws IOException {
        Path file = HandMade.image(
                folder.resolve("mountpoints-12.img"),
                HandMade.MOUNTS,
                HandMade.message().number(1, 5).text(7, "/dev"),
                HandMade.message().number(1, 0).text(7, "/etc/hosts").text(18, "/etc/hosts"),
                HandMade.message()
                        .number(1, 12)
                        .text(7, "/sys/fs/cgroup/memory")
                        .text(18, "/sys/fs/cgroup/memory"));

        assertThat(MountedFrom.outside(file))
                .containsExactly(
                        new MountedFrom(false, "/etc/hosts", "/etc/hosts"),
                        new MountedFrom(true, "/sys/fs/cgroup/memory", "/sys/fs/cgroup/memory"));
    }

    @Test
    void damagedImagesAreRefusedOrReadNeverMore() throws IOException {
        Path file = HandMade.image(folder.resolve("core-1.img"), HandMade.CORE, HandMade.core("web", 1000, 7));
        byte[] whole = Files.readAllBytes(file);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                assertThat(TaskCore.read(file).registers()).as("seed %d", seed).hasSizeLessThanOrEqualTo(27);
            } catch (Fault refused) {
                assertThat(refused.code()).as("seed %d", seed).isInstanceOf(CriuFault.class);
            }
        }
    }
}
