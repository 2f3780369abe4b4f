package io.rewind.capture.preflight;

import java.util.ArrayList;
import java.util.List;

/** What speaks against capturing one process. A pure function. */
final class ProcessJudgement {
    /** CRIU keeps so many bytes for each page of a private mapping. */
    private static final long BYTES_A_PAGE = 16;

    private static final long PAGE = 4096;
    private static final long WORTH_SAYING = 256L << 20;

    private final HostFacts host;
    private final ProcessFacts process;
    private final List<Finding> findings = new ArrayList<>();

    private ProcessJudgement(HostFacts host, ProcessFacts process) {
        this.host = host;
        this.process = process;
    }

    static List<Finding> of(HostFacts host, ProcessFacts process) {
        ProcessJudgement judgement = new ProcessJudgement(host, process);
        judgement.kernelObjects();
        judgement.devices();
        judgement.rights();
        judgement.addressSpace();
        return judgement.findings;
    }

    private void kernelObjects() {
        if (process.space().ring() || has("io_uring")) {
            refuse(
                    Rule.IO_URING,
                    "uses io_uring, which CRIU cannot dump; most programs have an option to do without it");
        }
        boolean secret = process.files().stream().anyMatch(file -> file.link().startsWith("/secretmem"));
        if (process.space().secret() || secret) {
            refuse(Rule.MEMFD_SECRET, "has memory of memfd_secret, which nobody but itself can read");
        }
        if (has("userfaultfd")) {
            refuse(Rule.USERFAULTFD, "handles its own page faults with userfaultfd, which CRIU cannot dump");
        }
        if (process.identity().tracer() != 0) {
            refuse(
                    Rule.TRACED,
                    "is traced by process " + process.identity().tracer()
                            + " (a debugger, strace); it can be captured when that ends");
        }
    }

    private boolean has(String kind) {
        return process.files().stream().anyMatch(file -> file.isAnonymous(kind));
    }

    private void devices() {
        process.files().stream()
                .filter(OpenFile::isForeignDevice)
                .map(OpenFile::link)
                .distinct()
                .forEach(device ->
                        refuse(Rule.DEVICE, "has " + device + " open, a device whose state CRIU cannot dump"));
    }

    private void rights() {
        if (!process.identity().root() && !host.resources()) {
            refuse(
                    Rule.CAPABILITY,
                    "does not run as root, and this agent lacks CAP_SYS_RESOURCE, without which CRIU cannot read its limits;"
                            + " give the agent that capability");
        }
    }

    private void addressSpace() {
        long reserved = process.space().reserved();
        long needed = reserved / PAGE * BYTES_A_PAGE;
        if (needed < WORTH_SAYING) {
            return;
        }
        String sentence = "reserves %d GiB of address space, for which CRIU may need %d MiB at each capture, %s; %s"
                .formatted(
                        reserved >> 30,
                        needed >> 20,
                        needed > host.memory() ? "more than there is" : "and time",
                        "limit what it reserves (MariaDB: --innodb-buffer-pool-size-max, as large as its buffer pool)");
        // No refusal: CRIU has been seen to do without, where nothing was ever written to the reservation.
        findings.add(new Finding(Rule.ADDRESS_SPACE, false, process.text() + " " + sentence));
    }

    private void refuse(Rule rule, String sentence) {
        findings.add(new Finding(rule, true, process.text() + " " + sentence));
    }
}
