package io.rewind.criu;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images written field by field. */
public final class HandMade {
    public static final int CORE = 0x55053847;
    public static final int MM = 0x57492820;
    public static final int FILES = 0x56303138;
    public static final int FDINFO = 0x56213732;
    public static final int MOUNTS = 0x55563928;

    private final ByteString.Output bytes = ByteString.newOutput();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    private HandMade() {}

    public static HandMade message() {
        return new HandMade();
    }

    public HandMade number(int field, long value) {
        try {
            out.writeUInt64(field, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public HandMade text(int field, String value) {
        return bytes(field, ByteString.copyFromUtf8(value));
    }

    public HandMade inside(int field, HandMade message) {
        return bytes(field, message.done());
    }

    private HandMade bytes(int field, ByteString value) {
        try {
            out.writeBytes(field, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private ByteString done() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString();
    }

    /** A file with these messages as its records. */
    public static Path image(Path file, int magic, HandMade... records) throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        RecordWriter writer = new RecordWriter(image, magic);
        for (HandMade record : records) {
            writer.record(record.done().toByteArray());
        }
        return Files.write(file, image.toByteArray());
    }

    /** core-N.img of a running thread; register n has the value first + n. */
    public static HandMade core(String comm, long first, long files) {
        HandMade registers = message();
        for (int i = 1; i <= TaskCore.REGISTERS; i++) {
            registers.number(i, first + i);
        }
        return message()
                .number(1, 1)
                .inside(2, message().number(1, 0).inside(2, registers))
                .inside(3, message().number(1, 1).number(5, 6).text(6, comm))
                .inside(4, message().number(1, 1).number(2, files))
                .inside(
                        5,
                        message()
                                .number(6, 0x4002)
                                .inside(10, message().number(1, 33).number(2, 44)));
    }

    public static HandMade mapping(long start, long end, long offset, long source, int protection, int status) {
        return message()
                .number(1, start)
                .number(2, end)
                .number(3, offset)
                .number(4, source)
                .number(5, protection)
                .number(6, 2)
                .number(7, status);
    }
}
