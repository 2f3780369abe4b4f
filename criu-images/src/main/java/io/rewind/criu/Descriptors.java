package io.rewind.criu;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * runc's descriptors.json: the link targets of descriptors 0, 1 and 2 of the container's first process, such as
 * "/dev/null" or "pipe:[8294]", as a JSON array of strings. A restore hands its own pipes to those that were pipes.
 * Source: libcontainer/criu_linux.go of runc.
 *
 * @param targets exactly three, at most {@link #MAX_TARGET} characters each, without control characters
 */
public record Descriptors(List<String> targets) {
    public static final int MAX_TARGET = 4096;

    private static final int MAX_FILE = 128 << 10;
    private static final String PIPE = "pipe:";

    public Descriptors {
        targets = List.copyOf(targets);
        if (targets.size() != 3) {
            throw damaged("has " + targets.size() + " descriptors instead of 3");
        }
        for (String target : targets) {
            if (target.length() > MAX_TARGET || target.chars().anyMatch(Character::isISOControl)) {
                throw damaged("has a target that is no link target");
            }
        }
    }

    /**
     * Reads descriptors.json; follows no link.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static Descriptors read(Path file) {
        byte[] bytes = ImageFiles.read(file, in -> in.readNBytes(MAX_FILE + 1));
        if (bytes.length > MAX_FILE) {
            throw CriuFault.IMAGE_TOO_LARGE.rejected(ImageNames.DESCRIPTORS + " is too large.");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw CriuFault.IMAGE_DAMAGED.rejected(ImageNames.DESCRIPTORS + " is not UTF-8.", e);
        }
    }

    /** Reads the text of descriptors.json. */
    public static Descriptors parse(String json) {
        return new Descriptors(new JsonStrings(json).array());
    }

    /** The text of descriptors.json. */
    public String toJson() {
        return JsonStrings.write(targets);
    }

    /** Writes descriptors.json in the folder, over an older one but through no link, and returns its path. */
    public Path writeInto(Path folder) {
        Path file = folder.resolve(ImageNames.DESCRIPTORS);
        ImageFiles.write(file, out -> out.write(toJson().getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    /** Whether the descriptor (0, 1 or 2) was a pipe. */
    public boolean isPipe(int descriptor) {
        return targets.get(descriptor).startsWith(PIPE);
    }

    private static RuntimeException damaged(String predicate) {
        return CriuFault.IMAGE_DAMAGED.rejected(ImageNames.DESCRIPTORS + " " + predicate + ".");
    }
}
