package io.rewind.criu;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The page maps of an image folder, each with its pages file. */
public final class PageMaps {
    /** Of all maps of a folder together; about 400 MB of heap at worst, and only from a hostile folder. */
    private static final long MAX_ENTRIES = 4L * PageMap.MAX_ENTRIES;

    private PageMaps() {}

    /**
     * A page map where it was found.
     *
     * @param map what the file says
     * @param file the pagemap-*.img
     * @param pages the pages-N.img beside it; not looked at yet
     */
    public record Located(PageMap map, Path file, Path pages) {
        /**
         * Checks that the pages file is a regular file of exactly the bytes the map speaks of.
         *
         * @throws io.rewind.runtime.fault.Fault PAGES_MISMATCH, IMAGE_DAMAGED, IMAGE_IO
         */
        public void requirePages() {
            ImageFiles.requireRegular(pages);
            long size;
            try {
                size = Files.size(pages);
            } catch (IOException e) {
                throw CriuFault.io(pages.getFileName() + " cannot be read.", e);
            }
            if (size != map.presentBytes()) {
                throw CriuFault.PAGES_MISMATCH.rejected(pages.getFileName() + " has " + size + " bytes where "
                        + file.getFileName() + " speaks of " + map.presentBytes() + ".");
            }
        }
    }

    /**
     * All page maps of the folder, ordered by file name.
     *
     * @throws io.rewind.runtime.fault.Fault as {@link PageMap#read(Path)}, and PAGES_MISMATCH when two maps claim the
     *     same pages file
     */
    public static List<Located> inFolder(Path folder) {
        List<Located> found = new ArrayList<>();
        Set<Long> claimed = new HashSet<>();
        long entries = 0;
        for (Path file : files(folder)) {
            PageMap map = PageMap.read(file);
            entries += map.entries().size();
            if (entries > MAX_ENTRIES) {
                throw CriuFault.IMAGE_TOO_LARGE.rejected("The page maps of one image have too many entries.");
            }
            if (!claimed.add(map.pagesId())) {
                throw CriuFault.PAGES_MISMATCH.rejected("Two page maps claim " + ImageNames.pages(map.pagesId()) + ".");
            }
            found.add(new Located(map, file, folder.resolve(ImageNames.pages(map.pagesId()))));
        }
        return List.copyOf(found);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw CriuFault.IMAGE_DAMAGED.rejected(folder.getFileName() + " is not a folder of images.");
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(
                folder,
                path -> ImageNames.space(String.valueOf(path.getFileName())).isPresent())) {
            listed.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            throw CriuFault.io(folder.getFileName() + " cannot be listed.", e);
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }
}
