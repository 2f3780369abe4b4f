package io.rewind.restore.look;

import static io.rewind.restore.fixture.Recipes.bytes;
import static io.rewind.restore.fixture.Recipes.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fixture.FakePoints;
import io.rewind.restore.fixture.Shell;
import io.rewind.restore.points.StreamPart;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.PosixPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractionTest {
    private static final byte[] LARGE = Told.large(7);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakePoints points = new FakePoints().patched(3);
    private final FakePoints.Draft draft = Told.tree(points, "root:x:0:0");
    private Path out = Path.of("out");

    @BeforeEach
    void folders() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(folder.resolve("scratch"));
        Files.writeString(folder.resolve("secret"), "untouched");
    }

    private long extract(String path) {
        Moment moment = Told.commit(points, draft, 1);
        Spot spot = Spot.of(path, Told.SPEC);
        try (Directory root = Directory.open(out);
                FolderSink sink = new FolderSink(root, spot, PosixPath.name(spot.name()))) {
            Extraction.pour(points, moment, spot, folder.resolve("scratch"), sink);
            return sink.leftOut();
        }
    }

    private void manyFiles() {
        draft.entry(bytes("etc/large"), meta(FileType.FILE), LARGE);
        for (int i = 0; i < 300; i++) {
            draft.entry(bytes("etc/small" + i), meta(FileType.FILE), bytes("number " + i));
        }
        Told.link(draft, FileType.SYMLINK, "etc/way", "../../secret");
        Told.link(draft, FileType.HARDLINK, "etc/zz", "etc/passwd");
    }

    @Test
    void I7_aDirectoryComesWholeInBoundedWindows() throws IOException {
        manyFiles();
        draft.entry(bytes("etc/zzz"), meta(FileType.WHITEOUT), new byte[0]);
        draft.entry(bytes("etc/zzzz"), meta(FileType.FIFO), new byte[0]);

        assertThat(extract("/etc")).as("left out").isEqualTo(2);

        assertThat(Files.readAllBytes(out.resolve("etc/large"))).isEqualTo(LARGE);
        assertThat(out.resolve("etc/small299")).hasContent("number 299");
        assertThat(out.resolve("etc/zz")).hasContent("root:x:0:0");
        assertThat(Files.readSymbolicLink(out.resolve("etc/way"))).hasToString("../../secret");
        assertThat(Files.getLastModifiedTime(out.resolve("etc/passwd")).toMillis())
                .isEqualTo(1_700_000_000_123L);
    }

    @Test
    void aFileComesAlone() {
        extract("etc/passwd");
        assertThat(out.resolve("passwd")).hasContent("root:x:0:0");
        assertThat(out.toFile().list()).containsExactly("passwd");
    }

    @Test
    void theRootComesIntoTheFolder() {
        extract("/");
        assertThat(out.resolve("etc/passwd")).hasContent("root:x:0:0");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Files.writeString(out.resolve("passwd"), "mine");
        assertThatThrownBy(() -> extract("etc/passwd"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(LookFault.TARGET_EXISTS));
        assertThat(out.resolve("passwd")).hasContent("mine");
    }

    @Test
    void anArchiveIsWhatTarExpects() throws IOException {
        manyFiles();
        String deep = "etc/" + "d".repeat(120);
        draft.entry(bytes(deep), meta(FileType.FILE).setMode(04755).setUid(33), bytes("deep"));
        Moment moment = Told.commit(points, draft, 1);
        Spot spot = Spot.of("/etc", Told.SPEC);
        try (OutputStream archive = Files.newOutputStream(folder.resolve("a.tar"))) {
            TarSink sink = new TarSink(archive, spot, bytes("etc"));
            Extraction.pour(points, moment, spot, folder.resolve("scratch"), sink);
            sink.finish();
        }

        String listed = Shell.run("tar", "-tvf", folder.resolve("a.tar").toString(), "--numeric-owner");
        assertThat(listed).contains("-rwsr-xr-x 33/0", deep, "etc/way -> ../../secret", "drwxr-xr-x 0/0");
        Shell.run("tar", "-xf", folder.resolve("a.tar").toString(), "-C", out.toString());
        assertThat(Files.readAllBytes(out.resolve("etc/large"))).isEqualTo(LARGE);
        assertThat(out.resolve("etc/zz")).hasContent("root:x:0:0");
        assertThat(out.resolve(deep)).hasContent("deep");
    }

    @Test
    void I7_contentThatIsNotWhatWasCapturedIsRefusedAndGoes() {
        draft.edit(part -> part.change().getMeta().map(FileMeta::getSize).orElse(0L) == 10 ? forged(part) : part);
        assertThatThrownBy(() -> extract("/etc"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(RestoreCode.POINT_DAMAGED));
        assertThat(out.resolve("etc/passwd")).doesNotExist();
    }

    private static StreamPart forged(StreamPart part) {
        FileMeta meta = FileMeta.newBuilder(part.change().getMeta().orElseThrow())
                .setDigest(ByteBuffer.allocate(16))
                .build();
        return new StreamPart(
                StreamChange.newBuilder(part.change()).setMeta(meta).build(), part.chunks(), part.patches());
    }

    @Test
    void I9_noLinkIsFollowed() throws IOException {
        Told.link(draft, FileType.SYMLINK, "etc/x", "../..");
        draft.entry(bytes("etc/x/secret"), meta(FileType.FILE), bytes("stolen"));
        assertThatThrownBy(() -> extract("/etc")).isInstanceOf(Fault.class);
        assertUntouched();
    }

    @Test
    void I9_aLinkThatIsThereAlreadyIsNotFollowedEither() throws IOException {
        Files.createSymbolicLink(out.resolve("etc"), folder);
        assertThatThrownBy(() -> extract("/etc")).isInstanceOf(Fault.class);
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "etc/../../secret", "/etc/x", "etc//x"})
    void I9_pathsThatGoElsewhereAreRefused(String hostile) throws IOException {
        draft.entry(bytes(hostile), meta(FileType.FILE), bytes("stolen"));
        assertThatThrownBy(() -> extract("/"))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(RestoreCode.POINT_REFUSED));
        assertUntouched();
    }

    @Test
    void I9_setIdBitsAndDevicesStayBehind() throws IOException {
        draft.entry(bytes("etc/root"), meta(FileType.FILE).setMode(07777), bytes("x"));
        draft.entry(bytes("etc/gone"), meta(FileType.WHITEOUT), new byte[0]);
        extract("/etc");
        assertThat((int) Files.getAttribute(out.resolve("etc/root"), "unix:mode") & 07777)
                .isEqualTo(0777);
        assertThat(Files.exists(out.resolve("etc/gone"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    private void assertUntouched() throws IOException {
        assertThat(folder.resolve("secret")).hasContent("untouched");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("out", "scratch", "secret");
        }
    }
}
