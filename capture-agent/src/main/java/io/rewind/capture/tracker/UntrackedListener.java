package io.rewind.capture.tracker;

import io.rewind.runtime.process.ProcessKey;

/** Hears, once a process, that all of its memory has to be read at each point, and why. */
@FunctionalInterface
public interface UntrackedListener {
    void untracked(ProcessKey process, String why);
}
