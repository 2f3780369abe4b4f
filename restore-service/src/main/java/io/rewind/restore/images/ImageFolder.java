package io.rewind.restore.images;

import io.rewind.criu.Descriptors;
import io.rewind.criu.ImageNames;
import io.rewind.criu.ImageRebuild;
import io.rewind.criu.PageMap;
import io.rewind.criu.PageMaps;
import io.rewind.criu.TmpfsImage;
import io.rewind.event.StreamKind;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.fetch.BlockSink;
import io.rewind.restore.fetch.FileSink;
import io.rewind.restore.fetch.MemorySink;
import io.rewind.restore.fetch.OpenFiles;
import io.rewind.restore.plan.PlannedStream;
import io.rewind.runtime.process.PageRanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One folder of images in the making: first the image files go in, then {@link #layOutPages}, then the memory, then
 * {@link #finish}. Where memory comes while processes run, {@link #pack} has to be done before they start, and {@link
 * #requireComplete} when all came. The folder is private and empty at first; names were checked by the plan.
 */
public final class ImageFolder {
    private final Path folder;
    private final OpenFiles files;
    private final PagesPlace place;
    private final Map<String, PagesSink> pages = new HashMap<>();
    private final List<PageMap> spaces = new ArrayList<>();

    /** @param place where the pages files go */
    public ImageFolder(Path folder, OpenFiles files, PagesPlace place) {
        this.folder = folder;
        this.files = files;
        this.place = place;
    }

    /** Creates the files of all image streams, also of those without a block. */
    public void allocate(List<PlannedStream> streams) {
        streams.stream()
                .filter(s -> s.kind() == StreamKind.IMAGE)
                .forEach(s -> files.allocate(folder.resolve(s.text()), s.size()));
    }

    public BlockSink imageSink(PlannedStream image) {
        return new FileSink(files, folder.resolve(image.text()), image.size());
    }

    /**
     * Reads the page maps that came and writes them anew, with every page present.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED, and what {@link PageMaps} says
     */
    public void layOutPages() {
        requireFile(ImageNames.PROCESS_TREE);
        requireFile(ImageNames.DESCRIPTORS);
        Descriptors.read(folder.resolve(ImageNames.DESCRIPTORS));
        List<ImageRebuild> all = ImageRebuild.ofAll(
                PageMaps.inFolder(folder).stream().map(PageMaps.Located::map).toList());
        long bytes = all.stream().mapToLong(ImageRebuild::bytes).sum();
        Path pagesFolder = place.forPagesOf(folder, bytes);
        for (ImageRebuild rebuild : all) {
            if (Files.exists(folder.resolve(rebuild.pagesName()), LinkOption.NOFOLLOW_LINKS)) {
                throw RestoreCode.POINT_DAMAGED.because(
                        rebuild.pagesName() + " came as an image although its pages come as memory.");
            }
            place.link(folder, pagesFolder, rebuild.pagesName());
            rebuild.allPresent().writeInto(folder);
            spaces.add(rebuild.allPresent());
            pages.put(rebuild.allPresent().space(), new PagesSink(files, pagesFolder, rebuild));
        }
    }

    /** The pages of each space that a process has from its start on; all others may come later. */
    public Map<String, PageRanges> neededAtStart() {
        Map<String, PageRanges> needed = new HashMap<>();
        spaces.forEach(map -> {
            PageRanges.Builder pages = new PageRanges.Builder();
            map.entries().stream().filter(entry -> !entry.lazy()).forEach(e -> pages.addBytes(e.vaddr(), e.end()));
            needed.put(map.space(), pages.build());
        });
        return needed;
    }

    /** Content of pages that came, one after another. */
    public void read(String space, long page, int count, ByteBuffer into) {
        Optional.ofNullable(pages.get(space))
                .orElseThrow(() -> RestoreCode.POINT_DAMAGED.because("No image is of the memory of " + space + "."))
                .read(page, count, into);
    }

    public MemorySink memorySink(PlannedStream memory) {
        return Optional.<MemorySink>ofNullable(pages.get(memory.text())).orElseGet(Unneeded::new);
    }

    /**
     * All memory came, and all files are written.
     *
     * @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when a process would lack pages
     */
    public void finish() {
        requireComplete();
        pack();
    }

    /** @throws io.rewind.runtime.fault.Fault POINT_DAMAGED when a process would lack pages */
    public void requireComplete() {
        pages.values().forEach(PagesSink::requireComplete);
    }

    /** All images came, but for memory. */
    public void pack() {
        try (DirectoryStream<Path> images = Files.newDirectoryStream(folder)) {
            for (Path image : images) {
                TmpfsImage.pack(image);
            }
        } catch (IOException e) {
            throw RestoreCode.DISK_FAILED.because("The images cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private void requireFile(String name) {
        if (!Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            throw RestoreCode.POINT_DAMAGED.because("The point has no " + name + ".");
        }
    }

    /** Memory of a space that the images do not speak of. */
    private static final class Unneeded implements MemorySink {
        @Override
        public void put(long block, byte[] bytes, int offset, int length) {}

        @Override
        public void zero(long block) {}

        @Override
        public void lay(long block, ByteBuffer bytes) {}

        @Override
        public void keep(PageRanges laid) {}
    }
}
