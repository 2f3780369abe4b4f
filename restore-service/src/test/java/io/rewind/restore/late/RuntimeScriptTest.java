package io.rewind.restore.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.restore.late.LateMemory.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OCI runtime script with memory that comes later; runc and CRIU are stand-ins, and so is the container. */
@SuppressWarnings("NullAway.Init")
class RuntimeScriptTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Any process's cgroups have it in their text, as those of a container have its id. */
    private static final String ID = "0";
    /** The exit status of whom SIGKILL ended. */
    private static final int KILLED = 128 + 9;

    /** Listens, then waits to be told how to end. */
    private static final String CRIU = "printf . >&9; read -r status <\"$HERE/tell\"; exit \"$status\"";
    /** The container's process is nobody's child, as the real one. */
    private static final String RUNC = "echo \"$@\" >\"$HERE/asked\"; [ ! -e \"$HERE/refuse\" ] || exit 1;"
            + " (sleep 300 & printf %s $! >\"$HERE/pid\") </dev/null >/dev/null 2>&1";

    @TempDir
    Path folder;

    private LateMemory memory;

    @BeforeEach
    void pending() throws Exception {
        memory = new LateMemory(folder.resolve("pending"));
        Path pending = Files.createDirectories(folder.resolve("pending").resolve(ID));
        Files.createDirectory(folder.resolve("images"));
        Files.createSymbolicLink(pending.resolve("images"), folder.resolve("images"));
        Files.writeString(pending.resolve("criu.conf"), "");
        Files.writeString(pending.resolve("flags"), "--file-locks\n--lazy-pages\n");
        program("criu", CRIU);
        program("runc", RUNC);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("tell").toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Returns its exit status. */
    private int create() throws Exception {
        Path script = Path.of(Objects.requireNonNull(getClass().getResource("/oci/rewind-runc"))
                .toURI());
        String pidFile = folder.resolve("pid").toString();
        ProcessBuilder run = new ProcessBuilder(
                "sh",
                script.toString(),
                "--root",
                folder.resolve("r").toString(),
                "create",
                "--bundle",
                "b",
                "--pid-file",
                pidFile,
                ID);
        run.environment().put("HERE", folder.toString());
        run.environment().put("REWIND_PENDING", folder.resolve("pending").toString());
        run.environment().put("REWIND_RUNC", folder.resolve("runc").toString());
        run.environment().put("REWIND_CRIU", folder.resolve("criu").toString());
        return run.inheritIO().start().waitFor();
    }

    /** To whoever waits at the fifo; nobody waits for ever for a reader that has gone. */
    private void tell(String status) throws Exception {
        Process teller = new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo " + status + " >\"$0\"",
                        folder.resolve("tell").toString())
                .start();
        assertThat(teller.waitFor()).isZero();
    }

    private ProcessHandle container() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid"))))
                .orElseThrow();
    }

    private boolean lives() throws IOException {
        Path stat = Path.of("/proc", Files.readString(folder.resolve("pid")), "stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    @AfterEach
    void end() throws IOException {
        if (Files.exists(folder.resolve("pid"))) {
            ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid"))))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void theDaemonServesAContainerThatRunsAndTellsWhenAllIsThere() throws Exception {
        assertThat(create()).isZero();

        assertThat(folder.resolve("asked"))
                .content()
                .contains("restore --detach")
                .contains("--lazy-pages");
        assertThat(folder.resolve("pending").resolve(ID)).doesNotExist();
        assertThat(folder.resolve("pending").resolve(ID + ".restored")).exists();
        assertThat(memory.of(ID)).isEqualTo(Arrival.UNDER_WAY);
        tell("0");
        assertThat(memory.await(ID, LIMIT)).isEqualTo(Arrival.COMPLETE);
        assertThat(container().isAlive()).isTrue();
    }

    @Test
    void theDaemonOfAPageServerAsksThatAndRuncHearsNothingOfIt() throws Exception {
        Path pending = folder.resolve("pending").resolve(ID);
        Files.writeString(pending.resolve("page-server"), "40123\n");
        Files.writeString(pending.resolve("flags"), "--file-locks\n--page-server\n--lazy-pages\n");
        program("criu", "echo \"$@\" >\"$HERE/daemon\"; " + CRIU);

        assertThat(create()).isZero();

        assertThat(folder.resolve("daemon"))
                .content()
                .contains("lazy-pages ")
                .contains(" --page-server --address 127.0.0.1 --port 40123 ");
        assertThat(folder.resolve("asked"))
                .content()
                .contains("--file-locks --lazy-pages ")
                .doesNotContain("page-server");
        assertThat(memory.daemons(ID)).isNotEmpty();
        tell("0");
        assertThat(memory.await(ID, LIMIT)).isEqualTo(Arrival.COMPLETE);
        assertThat(memory.daemons(ID)).isEmpty();
    }

    @Test
    void aContainerWhoseDaemonFailsIsKilledRatherThanReadZeros() throws Exception {
        assertThat(create()).isZero();
        assertThat(lives()).isTrue();

        tell("1");

        await().atMost(LIMIT).until(() -> !lives());
        assertThat(memory.await(ID, LIMIT)).isEqualTo(Arrival.FAILED);
    }

    @Test
    void aContainerThatWillLackMemoryIsKilledBeforeItsDaemonEnds() throws Exception {
        assertThat(create()).isZero();

        memory.kill("of another container");
        assertThat(lives()).isTrue();
        memory.kill(ID);

        assertThat(lives()).isFalse();
        assertThat(memory.of(ID)).isEqualTo(Arrival.UNDER_WAY);
        tell("0");
        assertThat(memory.await(ID, LIMIT)).isEqualTo(Arrival.COMPLETE);
    }

    @Test
    void aDaemonThatIsKilledIsNoDifferent() throws Exception {
        assertThat(create()).isZero();
        Path daemon = folder.resolve("pending").resolve(ID + ".late").resolve("daemon");

        ProcessHandle.of(Long.parseLong(Files.readString(daemon).strip()))
                .orElseThrow()
                .children()
                .forEach(ProcessHandle::destroyForcibly);

        await().atMost(LIMIT).until(() -> !lives());
        assertThat(memory.await(ID, LIMIT)).isEqualTo(Arrival.FAILED);
    }

    @Test
    void aRestoreThatFailsTakesItsDaemonAlong() throws Exception {
        Files.createFile(folder.resolve("refuse"));

        assertThat(create()).isEqualTo(1);

        Path pending = folder.resolve("pending").resolve(ID);
        long daemon =
                Long.parseLong(Files.readString(pending.resolve("work/daemon")).strip());
        await().atMost(LIMIT)
                .until(() ->
                        ProcessHandle.of(daemon).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(memory.of(ID)).isEqualTo(Arrival.NONE);
        assertThat(pending.resolve("flags")).exists();
    }

    /** The real runc waits for all who hold its connection to CRIU, the half restored among them. */
    @Test
    void aRestoreWhoseCriuIsKilledEndsWithIt() throws Exception {
        Files.writeString(folder.resolve("pending").resolve(ID).resolve("flags"), "--file-locks\n");
        program("criu", "read -r _ <\"$HERE/tell\"");
        program(
                "runc",
                "case \" $* \" in *' delete '*) echo \"$*\" >\"$HERE/deleted\"; exit ;; esac;"
                        + " \"$REWIND_CRIU\" & echo $! >\"$HERE/swrk\"; exec sleep 300");
        FutureTask<Integer> create = new FutureTask<>(this::create);
        Thread.startVirtualThread(create);
        await().atMost(LIMIT).ignoreExceptions().until(() -> namedCriu(swrk()));

        ProcessHandle.of(swrk()).orElseThrow().destroyForcibly();

        assertThat(create.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(KILLED);
        assertThat(folder.resolve("deleted"))
                .content()
                .as("a killed runc deletes nothing itself")
                .endsWith("r delete --force " + ID + "\n");
        assertThat(folder.resolve("pending").resolve(ID).resolve("flags")).exists();
    }

    /** Without that the id would be in use for ever. */
    @Test
    void whatAKilledRuncLeftIsGoneBeforeTheNextStart() throws Exception {
        Files.createDirectories(folder.resolve("r").resolve(ID));
        program("runc", "echo \"$*\" >>\"$HERE/calls\"");
        Files.delete(folder.resolve("pending").resolve(ID).resolve("images"));

        assertThat(create()).isZero();

        assertThat(Files.readAllLines(folder.resolve("calls")))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("delete --force " + ID),
                        second -> assertThat(second).contains(" create "));
    }

    private long swrk() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("swrk")).strip());
    }

    /** Before that, it is still the shell that became runc. */
    private static boolean namedCriu(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals("criu");
    }

    @Test
    void aDaemonThatDoesNotComeUpIsNotWaitedFor() throws Exception {
        program("criu", "exit 1");
        Files.createFile(folder.resolve("refuse"));

        assertThat(create()).isEqualTo(1);
    }

    @Test
    void withoutTheFlagThereIsNoDaemon() throws Exception {
        Files.writeString(folder.resolve("pending").resolve(ID).resolve("flags"), "--file-locks\n");

        assertThat(create()).isZero();

        assertThat(memory.of(ID)).isEqualTo(Arrival.NONE);
    }
}
