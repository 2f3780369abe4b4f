package io.rewind.benchmarks.peers;

import io.rewind.cli.stand.DiskUse;
import io.rewind.cli.stand.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A repository of a backup program that finds what repeats. */
interface Archive {
    String name();

    void create();

    void put(String label, Path tree);

    /** {@code to} becomes what {@code tree} was. */
    void get(String label, Path tree, Path to);

    /** The repository on disk, everything counted. */
    long bytes();

    /** Its default compression, which is zstd; it always encrypts. */
    record Restic(Path repository) implements Archive {
        private Tool tool() {
            return new Tool(
                    Path.of("/"),
                    Map.of(
                            "RESTIC_PASSWORD",
                            "bench",
                            "RESTIC_REPOSITORY",
                            repository.toString(),
                            "RESTIC_CACHE_DIR",
                            repository.resolveSibling("restic-cache").toString()),
                    List.of("restic"));
        }

        @Override
        public String name() {
            return "CRIU + restic";
        }

        @Override
        public void create() {
            tool().run("init");
        }

        @Override
        public void put(String label, Path tree) {
            tool().run("backup", "--tag", label, tree.toString());
        }

        @Override
        public void get(String label, Path tree, Path to) {
            Path whole = to.resolveSibling(to.getFileName() + ".whole");
            tool().run("restore", "latest", "--tag", label, "--target", whole.toString());
            Program.run("mv", whole + tree.toString(), to.toString());
            Program.run("rm", "-rf", whole.toString());
        }

        @Override
        public long bytes() {
            return DiskUse.of(repository);
        }
    }

    /** With zstd, without encryption. */
    record Borg(Path repository) implements Archive {
        private Tool tool(Path folder) {
            return new Tool(
                    folder,
                    Map.of(
                            "BORG_REPO",
                            repository.toString(),
                            "BORG_BASE_DIR",
                            repository.resolveSibling("borg-base").toString(),
                            "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK",
                            "yes"),
                    List.of("borg"));
        }

        @Override
        public String name() {
            return "CRIU + borg";
        }

        @Override
        public void create() {
            tool(Path.of("/")).run("init", "--encryption=none");
        }

        @Override
        public void put(String label, Path tree) {
            tool(tree).run("create", "--compression", "zstd", "::" + label, ".");
        }

        @Override
        public void get(String label, Path tree, Path to) {
            Program.run("mkdir", "-p", to.toString());
            tool(to).run("extract", "::" + label);
        }

        @Override
        public long bytes() {
            return DiskUse.of(repository);
        }
    }
}
