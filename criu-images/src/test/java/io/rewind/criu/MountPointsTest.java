package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.rewind.runtime.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {
    @TempDir
    Path folder = Path.of("");

    /** As CRIU writes it: fields before and after, among them ones that are not looked at. */
    private static byte[] message(long device, String point, String key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeUInt32(1, 5);
        out.writeUInt32(3, (int) device);
        out.writeString(6, "/");
        out.writeString(7, point);
        if (!key.isEmpty()) {
            out.writeString(18, key);
        }
        out.writeUInt32(17, 0);
        out.flush();
        return bytes.toByteArray();
    }

    private Path image(byte[]... messages) {
        Path file = folder.resolve("mountpoints-12.img");
        ImageFiles.write(file, out -> {
            RecordWriter writer = new RecordWriter(out, 0x55563928);
            for (byte[] message : messages) {
                writer.record(message);
            }
        });
        return file;
    }

    @Test
    void whatIsDisownedIsAsIfItHadNeverBeenExternal() throws IOException {
        byte[] expected = Files.readAllBytes(image(
                message(49, "/dev", ""), message(0xffff_fff0L, "/sys/firmware", ""), message(3, "/data", "/data")));
        image(
                message(49, "/dev", "ours"),
                message(0xffff_fff0L, "/sys/firmware", "ours"),
                message(3, "/data", "/data"));
        MountPoints.disown(folder, "ours");
        assertThat(folder.resolve("mountpoints-12.img")).hasBinaryContent(expected);
        assertThat(MountPoints.inFolder(folder))
                .isEqualTo(List.of(
                        new MountPoints.Entry(49, "/dev", Optional.empty()),
                        new MountPoints.Entry(0xffff_fff0L, "/sys/firmware", Optional.empty()),
                        new MountPoints.Entry(3, "/data", Optional.of("/data"))));
    }

    @Test
    void whatIsNoListIsRefused() {
        image(new byte[] {(byte) 0xff, (byte) 0xff});
        assertThatThrownBy(() -> MountPoints.inFolder(folder)).isInstanceOf(Fault.class);
    }
}
