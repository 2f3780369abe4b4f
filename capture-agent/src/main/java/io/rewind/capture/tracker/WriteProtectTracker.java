package io.rewind.capture.tracker;

import io.rewind.capture.trace.Untraceable;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.process.PageRanges;
import io.rewind.runtime.process.PagemapScan;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets the kernel mark written pages by asynchronous userfaultfd write protection, and asks it with PAGEMAP_SCAN: 1 to
 * 2 ms a GiB while frozen, instead of reading everything. Linux 6.7 and later on x86-64. A process that cannot be
 * watched is read whole, and said so once.
 */
public final class WriteProtectTracker implements DirtyTracker {
    public static final String NAME = "write-protect";

    private final UntrackedListener listener;
    private final Arena arena = Arena.ofShared();
    private final PagemapScan.Room room = PagemapScan.Room.in(arena);
    private final Map<ProcessKey, WatchedProcess> watched = new HashMap<>();
    private final Set<ProcessKey> hopeless = new HashSet<>();
    private final Set<ProcessKey> said = new HashSet<>();
    private final Set<ProcessKey> elusive = new HashSet<>();

    public WriteProtectTracker(UntrackedListener listener) {
        this.listener = listener;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lookAhead(Collection<ProcessKey> processes) throws InterruptedException {
        for (ProcessKey ended : Set.copyOf(watched.keySet())) {
            if (!processes.contains(ended)) {
                drop(ended);
            }
        }
        hopeless.retainAll(processes);
        said.retainAll(processes);
        elusive.retainAll(processes);
        for (ProcessKey process : processes) {
            if (!hopeless.contains(process)) {
                look(process);
            }
        }
    }

    private void look(ProcessKey process) throws InterruptedException {
        try {
            if (!lookAgain(process)) {
                watched.put(process, new WatchedProcess(process, room));
                // Once may be an exec just then.
                if (!lookAgain(process) && !elusive.add(process)) {
                    say(process, "its memory is watched by somebody else");
                }
            }
        } catch (Untraceable e) {
            if (e.isLasting()) {
                hopeless.add(process);
            }
            say(process, String.valueOf(e.getMessage()));
        } catch (IOException | ErrnoException e) {
            // It ended, or its mappings cannot be seen: then what is known of it is not enough.
            drop(process);
        }
    }

    private void say(ProcessKey process, String why) {
        if (process.isAlive() && said.add(process)) {
            listener.untracked(process, why);
        }
    }

    /** @return whether the process is watched still */
    private boolean lookAgain(ProcessKey process) throws IOException {
        Optional<WatchedProcess> known = Optional.ofNullable(watched.get(process));
        if (known.isPresent()) {
            known.get().lookAhead();
            if (!known.get().isUsable()) {
                drop(process);
            }
        }
        return watched.containsKey(process);
    }

    private void drop(ProcessKey process) {
        Optional.ofNullable(watched.remove(process)).ifPresent(WatchedProcess::close);
    }

    @Override
    public Optional<Glance> glance(ProcessKey process) throws IOException {
        Optional<WatchedProcess> known = Optional.ofNullable(watched.get(process));
        try {
            return known.isPresent() ? Optional.of(known.get().glance()) : Optional.empty();
        } catch (ErrnoException e) {
            // It ended.
            return Optional.empty();
        }
    }

    @Override
    public PageRanges unchanged(FrozenSpace space) throws IOException {
        Optional<WatchedProcess> process = space.process().map(watched::get);
        try {
            return process.isPresent() ? process.get().takeUnchanged() : PageRanges.EMPTY;
        } catch (ErrnoException e) {
            throw new IOException("space " + space.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forget() {
        watched.values().forEach(WatchedProcess::forget);
    }

    @Override
    public void close() {
        Set.copyOf(watched.keySet()).forEach(this::drop);
        arena.close();
    }
}
