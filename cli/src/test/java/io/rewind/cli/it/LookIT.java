package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.cli.command.Commands;
import io.rewind.cli.output.Json;
import io.rewind.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One container and two points of it, looked at with every command; then brought back without Rewind. */
@ExtendWith(LiveNode.class)
class LookIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Two processes; a count in memory, in a file and in the log; 4 MiB that say so in a debugger. */
    private static final String PROGRAM = """
            $| = 1;
            my $mark = 'REWIND-LOOK-' . ('x' x 4194304);
            open(my $log, '>>', '/data/open.log');
            if (!fork()) { $0 = 'a child'; sleep 1000 while 1; }
            for (my $n = 1; ; $n++) {
                open(my $out, '>', '/data/n.new'); print $out "$n\\n"; close $out;
                rename('/data/n.new', '/data/n');
                print "line $n\\n";
                substr($mark, 4096 * ($n % 100) + 100, 1) = 'y';
                select(undef, undef, undef, 0.1);
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String bootstrap;

    @Test
    void everyCommandSeesTheSamePoints(LiveNode.Live live) throws Exception {
        bootstrap = live.node().file().bootstrap();
        Moves moves = new Moves(live.session());
        try (Docker docker = new Docker()) {
            String name = docker.name("look");
            docker.start(name, "rewind-test/perl", "/usr/bin/perl", "-e", PROGRAM);
            await().atMost(LIMIT).until(() -> count(docker, name) > 2);
            String before = Moves.id(moves.capture(name));
            docker.exec(
                    name,
                    "sh",
                    "-c",
                    "mkdir /data/dir; echo hello >/data/dir/file; ln -s ../n /data/dir/link;"
                            + " echo evil >/data/dir/$(printf '\\033[31mred'); rm /etc/ld.so.cache; echo more >>/etc/passwd");
            String after = Moves.id(moves.capture(name));

            files(name, after);
            extract(name, before, after);
            ps(name, after);
            diff(name, before, after);
            dryRun(name, before);
            export(docker, name, after);
        }
    }

    private void files(String name, String after) {
        String listed = run("files", name, after, "/", "--recursive");
        assertThat(listed).contains("/data/dir/file", "/data/dir/link -> ../n", "/data/dir/\\x1b[31mred", "deleted");
        assertThat(listed).doesNotContain("\u001b", "/bin/busybox");
        List<JsonNode> objects = json(run("files", name, "latest", "/data/dir", "--json"));
        assertThat(objects).extracting(o -> o.path("path").asText()).contains("/data/dir/file");
    }

    private void extract(String name, String before, String after) throws IOException {
        run("extract", name, after, "/data/dir", folder.toString());
        assertThat(folder.resolve("dir/file")).hasContent("hello");
        assertThat(Files.readSymbolicLink(folder.resolve("dir/link"))).hasToString("../n");
        run("extract", name, before, "/data/n", folder.resolve("then").toString());
        assertThat(Integer.parseInt(Files.readString(folder.resolve("then")).strip()))
                .isPositive();
        byte[] archive = printed("extract", name, after, "/data/dir", "-");
        Files.write(folder.resolve("dir.tar"), archive);
        assertThat(shell("tar -xOf dir.tar dir/file")).isEqualTo("hello");
    }

    private void ps(String name, String after) {
        JsonNode all = Json.read(run("ps", name, after, "--json")).orElseThrow();
        assertThat(all).hasSize(2);
        assertThat(all.get(0).path("command").asText()).startsWith("/usr/bin/perl -e $| = 1;");
        assertThat(all.get(0).path("residentBytes").asLong()).isGreaterThan(4 << 20);
        assertThat(all.get(0).path("open").toString()).contains("/data/open.log");
        assertThat(all.get(1).path("command").asText()).isEqualTo("a child");
        assertThat(all.get(1).path("ppid").asInt()).isEqualTo(1);
        assertThat(run("ps", name, after)).contains("COMMAND").contains("  a child");
    }

    private void diff(String name, String before, String after) {
        List<JsonNode> found = json(run("diff", name, before, after, "--json"));
        assertThat(of(found, "file"))
                .contains("added /data/dir/file", "changed /data/n", "removed /etc/ld.so.cache", "added /etc/passwd");
        assertThat(of(found, "process")).isEmpty();
        JsonNode memory = found.stream()
                .filter(o -> o.path("what").asText().equals("memory")
                        && o.path("space").asText().equals("1")
                        && o.path("pagesChanged").asLong() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(memory.path("pagesChanged").asLong()).isLessThan(1200);
        assertThat(run("diff", name, after, after)).containsOnlyOnce("from").contains("nothing\n\nfiles\nnothing");
    }

    private void dryRun(String name, String before) {
        String said = run("restore", name, "--before-change", "/data/dir", "--dry-run");
        assertThat(said).startsWith("nothing was done; ").contains(before, "takes     not known");
    }

    /** The commands are those of the README in the export. */
    private void export(Docker docker, String name, String after) throws IOException {
        run("restore", name, "--point", after, "--export", folder.resolve("out").toString());
        Path out = folder.resolve("out");
        String image = docker.name("look-image");
        Docker.run("create", "--name", image, "rewind-test/perl", "x");
        shell("mkdir image && docker export " + image + " | tar -x -C image");
        shell(
                "gdb --batch -ex 'set sysroot image' -ex bt -ex 'info proc mappings' image/usr/bin/perl out/cores/core.1 >gdb.txt 2>&1");
        assertThat(folder.resolve("gdb.txt"))
                .content()
                .contains("/usr/bin/perl")
                .contains("libc.so.6");
        assertThat(shell("readelf --notes out/cores/core.1")).contains("NT_PRSTATUS", "NT_FILE");
        assertThat(shell("grep -c REWIND-LOOK- out/cores/core.1")).isNotEqualTo("0");

        // What runs writes into it.
        shell("cp --archive out again");
        List<String> commands = commands(Files.readString(out.resolve("README.md")));
        assertThat(commands).hasSize(2);
        String mine = "rewind-look-" + ProcessHandle.current().pid();
        int captured =
                Integer.parseInt(Files.readString(out.resolve("upper/data/n")).strip());
        try {
            shell("cd out && export ROOTFS=$PWD/../image && " + commands.get(0).replaceAll("restored$", mine)
                    + " >../runc.log 2>&1");
            awaitMore(out, captured);
            assertThat(shell("runc exec " + mine + " cat /data/dir/file")).isEqualTo("hello");
        } finally {
            shell("runc delete --force " + mine + "; umount -l out/rootfs; true");
        }
        try {
            shell("cd again && export ROOTFS=$PWD/../image && " + commands.get(1)
                    + " --pidfile \"$PWD/pid\" >../criu.log 2>&1");
            awaitMore(folder.resolve("again"), captured);
        } finally {
            shell("kill -9 $(cat again/pid); umount -l again/rootfs; true");
        }
    }

    private static void awaitMore(Path export, int captured) {
        await().atMost(LIMIT).until(() -> {
            // Empty while it is written.
            String text = Files.readString(export.resolve("rootfs/data/n")).strip();
            return !text.isEmpty() && Integer.parseInt(text) > captured + 2;
        });
    }

    /** What stands in each block for a shell. */
    private static List<String> commands(String readme) {
        return Stream.of(readme.split("````sh\n", -1))
                .skip(1)
                .map(block -> block.substring(0, block.indexOf("````")).strip())
                .toList();
    }

    private static int count(Docker docker, String name) {
        String text = docker.exec(name, "sh", "-c", "cat /data/n 2>/dev/null || echo 0");
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static List<String> of(List<JsonNode> found, String what) {
        return found.stream()
                .filter(o -> o.path("what").asText().equals(what))
                .map(o -> o.path("change").asText() + " " + o.path("path").asText())
                .toList();
    }

    private static List<JsonNode> json(String lines) {
        return lines.lines().map(line -> Json.read(line).orElseThrow()).toList();
    }

    private String run(String... words) {
        return new String(printed(words), StandardCharsets.UTF_8);
    }

    private byte[] printed(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        String[] line = Arrays.copyOf(words, words.length + 2);
        line[words.length] = "--bootstrap";
        line[words.length + 1] = bootstrap;
        assertThat(Commands.run(terminal, "none", line))
                .as("%s: %s", String.join(" ", words), err)
                .isZero();
        return out.toByteArray();
    }

    /** In the test's folder. */
    private String shell(String command) {
        try {
            Process process = new ProcessBuilder("sh", "-ec", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
