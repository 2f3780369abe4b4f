package io.rewind.restore.plan;

import io.rewind.event.Xattr;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which extended attributes an entry may carry: those of the name spaces that file systems keep, in their sizes. */
final class XattrRules {
    private static final int MAX_COUNT = 1024;
    private static final int MAX_NAME = 255;
    private static final int MAX_VALUE = 64 << 10;
    private static final List<String> SPACES = List.of("user.", "trusted.", "security.", "system.posix_acl_");

    private XattrRules() {}

    static void check(byte[] path, List<Xattr> xattrs) {
        if (xattrs.size() > MAX_COUNT) {
            throw StreamRules.refused(path, "has too many attributes");
        }
        for (Xattr xattr : xattrs) {
            ByteBuffer bytes = xattr.getName().duplicate();
            String name = StandardCharsets.ISO_8859_1.decode(bytes).toString();
            boolean known = SPACES.stream().anyMatch(s -> name.startsWith(s) && name.length() > s.length());
            if (!known
                    || name.length() > MAX_NAME
                    || name.indexOf('\0') >= 0
                    || xattr.getValue().remaining() > MAX_VALUE) {
                throw StreamRules.refused(path, "has an attribute that cannot be set");
            }
        }
    }
}
