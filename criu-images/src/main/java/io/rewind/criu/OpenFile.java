package io.rewind.criu;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is open, from files.img and fdinfo-N.img. Source: images/fdinfo.proto, images/regfile.proto.
 *
 * <pre>
 * files   1 type  2 id  3 reg_file: 6 name
 * fdinfo  1 id  3 type  4 fd
 * </pre>
 *
 * @param kind such as "file", "pipe", "tcp"
 * @param name path as the process sees it; empty for what has none
 */
public record OpenFile(String kind, ByteString name) {
    private static final int FILES_MAGIC = 0x56303138;
    private static final int FDINFO_MAGIC = 0x56213732;
    private static final int REGULAR = 1;
    private static final int MOST = 1 << 20;
    private static final List<String> KINDS = List.of(
            "unknown",
            "file",
            "pipe",
            "fifo",
            "inet",
            "unix",
            "eventfd",
            "eventpoll",
            "inotify",
            "signalfd",
            "packet",
            "tty",
            "fanotify",
            "netlink",
            "ns",
            "tun",
            "external",
            "timerfd",
            "memfd");

    /** What a file is called in the images. */
    private record Key(long type, long id) {}

    /** Everything that any process has open or mapped. */
    public static final class Table {
        private final Map<Key, OpenFile> files = new HashMap<>();

        /** @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO */
        public static Table read(Path file) {
            Table table = new Table();
            return ImageFiles.read(file, in -> {
                RecordReader records = new RecordReader(in, FILES_MAGIC, "The image files.img");
                Message.each(records, record -> table.add(record, records));
                return table;
            });
        }

        private void add(ByteString record, RecordReader records) throws IOException {
            long[] numbers = Message.numbers(record, 2);
            List<ByteString> names = new ArrayList<>();
            Message.read(record, new Message.Visitor() {
                @Override
                public void bytes(int field, ByteString value) throws IOException {
                    if (field == 3) {
                        Message.read(value, new Message.Visitor() {
                            @Override
                            public void bytes(int inner, ByteString name) {
                                if (inner == 6) {
                                    names.add(name);
                                }
                            }
                        });
                    }
                }
            });
            OpenFile file = new OpenFile(kind(numbers[1]), names.isEmpty() ? ByteString.EMPTY : names.getLast());
            if (files.put(new Key(numbers[1], numbers[2]), file) != null || files.size() > MOST) {
                throw records.damaged("has a file twice, or too many");
            }
        }

        /** The file of a mapping, or an executable; without a name when the images do not have it. */
        public OpenFile mapped(long id) {
            return files.getOrDefault(new Key(REGULAR, id), new OpenFile("file", ByteString.EMPTY));
        }

        /** What the descriptors of fdinfo-N.img are, by their numbers. */
        public Map<Integer, OpenFile> descriptors(Path file) {
            Map<Integer, OpenFile> open = new HashMap<>();
            return ImageFiles.read(file, in -> {
                RecordReader records = new RecordReader(in, FDINFO_MAGIC, "The image " + file.getFileName());
                Message.each(records, record -> {
                    long[] numbers = Message.numbers(record, 4);
                    Key key = new Key(numbers[3], numbers[1]);
                    open.put(
                            (int) numbers[4],
                            files.getOrDefault(key, new OpenFile(kind(numbers[3]), ByteString.EMPTY)));
                });
                return open;
            });
        }
    }

    private static String kind(long type) {
        return type >= 0 && type < KINDS.size() ? KINDS.get((int) type) : KINDS.getFirst();
    }
}
