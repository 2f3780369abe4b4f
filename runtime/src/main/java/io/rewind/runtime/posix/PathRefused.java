package io.rewind.runtime.posix;

/** A name or path that could mean something outside of its directory, or that no file can have. */
public final class PathRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    PathRefused(byte[] path, String reason) {
        super('"' + PosixPath.display(path) + "\" " + reason);
    }
}
