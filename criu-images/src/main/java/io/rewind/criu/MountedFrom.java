package io.rewind.criu;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount from outside of the container, from mountpoints-N.img. Source: images/mnt.proto.
 *
 * <pre>
 * mnt  1 fstype  7 mountpoint  18 ext_key: what the dump called it, which a restore has to be told
 * </pre>
 *
 * @param cgroup whether it is one of the cgroup v1 hierarchies
 */
public record MountedFrom(boolean cgroup, String mountpoint, String key) {
    private static final int MAGIC = 0x55563928;
    private static final int CGROUP = 12;

    /** @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO */
    public static List<MountedFrom> outside(Path file) {
        String what = "The image " + file.getFileName();
        return ImageFiles.read(file, in -> {
            List<MountedFrom> mounts = new ArrayList<>();
            Message.each(new RecordReader(in, MAGIC, what), record -> {
                String[] texts = {"", ""};
                Message.read(record, new Message.Visitor() {
                    @Override
                    public void bytes(int field, ByteString value) {
                        if (field == 7 || field == 18) {
                            texts[field == 7 ? 0 : 1] = value.toStringUtf8();
                        }
                    }
                });
                if (!texts[1].isEmpty()) {
                    mounts.add(new MountedFrom(Message.numbers(record, 1)[1] == CGROUP, texts[0], texts[1]));
                }
            });
            return mounts;
        });
    }
}
