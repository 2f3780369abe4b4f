package io.rewind.criu;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * mountpoints-N.img: what is mounted in a mount namespace. Source: images/mnt.proto, criu/mount.c.
 *
 * <pre>
 * record   3 root_dev    uint32, the file system's device
 *          7 mountpoint  string
 *         18 ext_key     string: the mount comes from outside, under this name
 *         others are not looked at
 * </pre>
 */
public final class MountPoints {
    private static final int MAGIC = 0x55563928;
    private static final int DEVICE = 3;
    private static final int POINT = 7;
    private static final int EXTERNAL_KEY = 18;

    /**
     * One mount.
     *
     * @param device of its file system, as {@link ImageNames#tmpfs} wants it
     * @param externalKey empty: CRIU makes the mount itself
     */
    public record Entry(long device, String point, Optional<String> externalKey) {}

    private MountPoints() {}

    /**
     * Of all mount namespaces in the folder.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static List<Entry> inFolder(Path folder) {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files(folder)) {
            records(file).forEach(message -> entries.add(entry(message)));
        }
        return entries;
    }

    /**
     * Lets CRIU make the mounts itself that came from outside under the key. Their content then has to be in the folder.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static void disown(Path folder, String key) {
        for (Path file : files(folder)) {
            List<byte[]> messages = records(file);
            ImageFiles.write(file, out -> {
                RecordWriter writer = new RecordWriter(out, MAGIC);
                for (byte[] message : messages) {
                    boolean own = entry(message).externalKey().equals(Optional.of(key));
                    writer.record(own ? withoutKey(message) : message);
                }
            });
        }
    }

    private static List<Path> files(Path folder) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "mountpoints-*.img")) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            return files;
        } catch (IOException e) {
            throw CriuFault.io("The folder of images cannot be read.", e);
        }
    }

    private static List<byte[]> records(Path file) {
        return ImageFiles.read(file, in -> {
            RecordReader reader = new RecordReader(in, MAGIC, "The list of mounts");
            List<byte[]> records = new ArrayList<>();
            for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
            return records;
        });
    }

    private static Entry entry(byte[] message) {
        long device = 0;
        String point = "";
        Optional<String> key = Optional.empty();
        try {
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case DEVICE -> device = in.readUInt32() & 0xffff_ffffL;
                    case POINT -> point = in.readString();
                    case EXTERNAL_KEY -> key = Optional.of(in.readString());
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw damaged(e);
        }
        return new Entry(device, point, key);
    }

    private static byte[] withoutKey(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
        int start = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            in.skipField(tag);
            if (WireFormat.getTagFieldNumber(tag) != EXTERNAL_KEY) {
                out.write(message, start, in.getTotalBytesRead() - start);
            }
            start = in.getTotalBytesRead();
        }
        return out.toByteArray();
    }

    private static RuntimeException damaged(IOException e) {
        return CriuFault.IMAGE_DAMAGED.rejected("The list of mounts cannot be read: " + e.getMessage() + ".", e);
    }
}
