package io.rewind.criu;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Which names an image folder may hold, and what they say. A name is one file in that folder, never a path: it has
 * no separator, does not start with a dot and is at most 64 characters. Formats of the names: criu/image-desc.c of
 * CRIU; {@code descriptors.json} is runc's.
 */
public final class ImageNames {
    /** runc's list of the link targets of descriptors 0, 1 and 2. */
    public static final String DESCRIPTORS = "descriptors.json";

    /** CRIU's list of processes. */
    public static final String PROCESS_TREE = "pstree.img";

    private static final int MAX_LENGTH = 64;
    private static final long MAX_PAGES_ID = 0xFFFF_FFFFL;
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,19})";
    private static final Pattern PAGES_ID = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final Pattern SPACE = Pattern.compile("(?:shmem-)?" + NUMBER);
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9]+(?:[-.][a-z0-9]+)*\\.img");
    private static final String PAGE_MAP_PREFIX = "pagemap-";
    private static final String PAGES_PREFIX = "pages-";
    private static final String SUFFIX = ".img";

    private ImageNames() {}

    /** Whether a file of this name may be stored from, or put into, an image folder. */
    public static boolean allowed(String name) {
        if (name.length() > MAX_LENGTH) {
            return false;
        }
        if (name.startsWith(PAGE_MAP_PREFIX)) {
            return space(name).isPresent();
        }
        if (name.startsWith(PAGES_PREFIX)) {
            return pagesId(name).isPresent();
        }
        return name.equals(DESCRIPTORS) || IMAGE.matcher(name).matches();
    }

    /**
     * The name itself.
     *
     * @throws io.rewind.runtime.fault.Fault NAME_REFUSED when it is not {@link #allowed}
     */
    public static String requireAllowed(String name) {
        if (!allowed(name)) {
            throw CriuFault.NAME_REFUSED.rejected("'" + printable(name) + "' is not the name of an image file.");
        }
        return name;
    }

    /** "17" for pagemap-17.img, "shmem-3" for pagemap-shmem-3.img, empty for every other name. */
    public static Optional<String> space(String name) {
        return middle(name, PAGE_MAP_PREFIX).filter(ImageNames::isSpace);
    }

    /** 5 for pages-5.img, empty for every other name. */
    public static OptionalLong pagesId(String name) {
        Optional<String> digits =
                middle(name, PAGES_PREFIX).filter(text -> PAGES_ID.matcher(text).matches());
        if (digits.isEmpty()) {
            return OptionalLong.empty();
        }
        long id = Long.parseLong(digits.get());
        return isPagesId(id) ? OptionalLong.of(id) : OptionalLong.empty();
    }

    /** pagemap-17.img for "17". */
    public static String pageMap(String space) {
        if (!isSpace(space)) {
            throw CriuFault.NAME_REFUSED.rejected("'" + printable(space) + "' does not name a memory space.");
        }
        return PAGE_MAP_PREFIX + space + SUFFIX;
    }

    /** pages-5.img for 5. */
    public static String pages(long pagesId) {
        if (!isPagesId(pagesId)) {
            throw CriuFault.NAME_REFUSED.rejected("No pages file can have the number " + pagesId + ".");
        }
        return PAGES_PREFIX + pagesId + SUFFIX;
    }

    /** The archive of what is in a tmpfs, for its device. */
    public static String tmpfs(long device) {
        return "tmpfs-dev-" + device + ".tar.gz.img";
    }

    private static boolean isSpace(String text) {
        return SPACE.matcher(text).matches();
    }

    /** The number is 32 bits wide in the image. */
    private static boolean isPagesId(long id) {
        return id >= 0 && id <= MAX_PAGES_ID;
    }

    private static Optional<String> middle(String name, String prefix) {
        if (name.length() > MAX_LENGTH || !name.startsWith(prefix) || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        int end = name.length() - SUFFIX.length();
        return end <= prefix.length() ? Optional.empty() : Optional.of(name.substring(prefix.length(), end));
    }

    /** A refused name ends in a log line, so it may neither break it nor fill it. */
    private static String printable(String name) {
        String start = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "…" : name;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
