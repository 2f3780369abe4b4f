package io.rewind.benchmarks.stand;

import io.rewind.cli.stand.Program;
import java.nio.file.Path;

/** Blocks that a tree takes on its file system, as {@code du} counts them: sparse files by what they really hold. */
public final class DiskUse {
    private DiskUse() {}

    /** In bytes. */
    public static long of(Path tree) {
        String said = Program.run("du", "--summarize", "--block-size=1", tree.toString());
        return Long.parseLong(said.substring(0, said.indexOf('\t')));
    }
}
