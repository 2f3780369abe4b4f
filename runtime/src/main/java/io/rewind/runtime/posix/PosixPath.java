package io.rewind.runtime.posix;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Relative paths as the bytes they are: names separated by one slash each. A name is 1 to 255 bytes without slash and
 * NUL, and neither "." nor "..".
 */
public final class PosixPath {
    private static final int NAME_LIMIT = 255;
    private static final byte[] EMPTY = {};

    private PosixPath() {}

    /** In UTF-8. */
    public static byte[] of(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The same name, once it is known to be one.
     *
     * @throws PathRefused when it is none
     */
    public static byte[] requireName(byte[] name) {
        if (name.length == 0) {
            throw new PathRefused(name, "is empty");
        }
        if (name.length > NAME_LIMIT) {
            throw new PathRefused(name, "is longer than 255 bytes");
        }
        if (name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'))) {
            throw new PathRefused(name, "names no entry");
        }
        for (byte b : name) {
            if (b == 0 || b == '/') {
                throw new PathRefused(name, "has a byte no name has");
            }
        }
        return name;
    }

    /**
     * The same path, once it is known to be relative and to go down only.
     *
     * @throws PathRefused also for an empty one, and for a slash at either end
     */
    public static byte[] requireRelative(byte[] path) {
        split(path);
        return path;
    }

    /**
     * The names of a path, at least one.
     *
     * @throws PathRefused when it is none
     */
    public static List<byte[]> split(byte[] path) {
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                names.add(requireName(Arrays.copyOfRange(path, start, i)));
                start = i + 1;
            }
        }
        return names;
    }

    /** The path of an entry of a directory; the directory's path may be empty, for the root. */
    public static byte[] join(byte[] directory, byte[] name) {
        if (directory.length == 0) {
            return name.clone();
        }
        byte[] path = Arrays.copyOf(directory, directory.length + 1 + name.length);
        path[directory.length] = '/';
        System.arraycopy(name, 0, path, directory.length + 1, name.length);
        return path;
    }

    /** Of the directory an entry is in; empty for an entry of the root. */
    public static byte[] parent(byte[] path) {
        int slash = lastSlash(path);
        return slash < 0 ? EMPTY : Arrays.copyOf(path, slash);
    }

    /** The last name of a path. */
    public static byte[] name(byte[] path) {
        return Arrays.copyOfRange(path, lastSlash(path) + 1, path.length);
    }

    /** For people: UTF-8 where it is valid and visible, \xNN for every other byte, \\ for a backslash. */
    public static String display(byte[] path) {
        StringBuilder text = new StringBuilder(path.length);
        int at = 0;
        while (at < path.length) {
            int length = Math.min(sequenceLength(path[at]), path.length - at);
            String decoded = decode(path, at, length);
            if (decoded.isEmpty()) {
                text.append(String.format("\\x%02x", path[at]));
                at++;
            } else {
                text.append(decoded.equals("\\") ? "\\\\" : decoded);
                at += length;
            }
        }
        return text.toString();
    }

    /** A path cut between names into pieces of at most so many bytes, or of a single name where that is longer. */
    static List<byte[]> pieces(byte[] path, int limit) {
        List<byte[]> pieces = new ArrayList<>();
        byte[] piece = EMPTY;
        for (byte[] name : split(path)) {
            if (piece.length > 0 && piece.length + 1 + name.length > limit) {
                pieces.add(piece);
                piece = EMPTY;
            }
            piece = join(piece, name);
        }
        pieces.add(piece);
        return pieces;
    }

    private static int lastSlash(byte[] path) {
        int at = path.length - 1;
        while (at >= 0 && path[at] != '/') {
            at--;
        }
        return at;
    }

    private static int sequenceLength(byte lead) {
        int ones = Integer.numberOfLeadingZeros(~(lead << 24));
        return Math.max(1, ones);
    }

    /** One character, or nothing when the bytes are not one that can be seen. */
    private static String decode(byte[] path, int from, int length) {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
        return switch (Character.getType(decoded.codePointAt(0))) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> "";
            default -> decoded;
        };
    }
}
