package io.rewind.restore.look;

import io.rewind.criu.ImageNames;
import io.rewind.event.StreamChange;
import io.rewind.event.StreamKind;
import io.rewind.restore.points.PointSource;
import io.rewind.schemas.client.Selection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** The few of a point's process images that say which processes there are and what they have open. */
public final class Images {
    private static final Pattern WANTED = Pattern.compile("(pstree|files|(core|mm|ids|pagemap|fdinfo)-[0-9]+)\\.img");
    /** Of one image; the largest of these, of 65,530 mappings, takes 4 MB. */
    private static final long LARGEST = 32L << 20;

    private Images() {}

    /** @param folder empty, private; takes the images and what does not stay */
    public static void bring(PointSource source, Moment moment, Path folder) {
        try (ImageSink sink = new ImageSink(folder)) {
            Contents.pour(source, moment, Selection.of(StreamKind.IMAGE), Images::isWanted, folder, sink);
        }
    }

    private static boolean isWanted(StreamChange image) {
        return WANTED.matcher(name(image)).matches() && image.getSize() <= LARGEST;
    }

    private static String name(StreamChange image) {
        return new String(Entry.bytes(image.getName()), StandardCharsets.UTF_8);
    }

    private static final class ImageSink implements StreamSink, AutoCloseable {
        private final Path folder;
        private Optional<OutputStream> open = Optional.empty();

        ImageSink(Path folder) {
            this.folder = folder;
        }

        @Override
        public void begin(StreamChange image) {
            Path file = folder.resolve(ImageNames.requireAllowed(name(image)));
            asking(() -> open = Optional.of(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
        }

        @Override
        public void content(byte[] bytes, int offset, int length) {
            asking(() -> open.orElseThrow().write(bytes, offset, length));
        }

        @Override
        public void hole(long length) {
            asking(() -> open.orElseThrow().write(new byte[Math.toIntExact(length)]));
        }

        @Override
        public void end() {
            asking(() -> open.orElseThrow().close());
            open = Optional.empty();
        }

        @Override
        public void close() {
            if (open.isPresent()) {
                end();
            }
        }

        private interface Call {
            void run() throws IOException;
        }

        private static void asking(Call call) {
            try {
                call.run();
            } catch (IOException e) {
                throw LookFault.TARGET_FAILED.because("An image cannot be put aside: " + e.getMessage() + ".", e);
            }
        }
    }
}
