package io.rewind.benchmarks.stand;

import io.rewind.cli.stand.Program;
import java.nio.file.Path;

/**
 * Bytes of the files of a tree, as {@code du} counts them. Not blocks: RocksDB reserves some for each of its logs in
 * advance, and gives them back.
 */
public final class DiskUse {
    private DiskUse() {}

    /** In bytes. */
    public static long of(Path tree) {
        String said = Program.run("du", "--summarize", "--bytes", tree.toString());
        return Long.parseLong(said.substring(0, said.indexOf('\t')));
    }
}
