package io.rewind.restore.switchover;

import java.nio.file.Path;

/** The present, rebuilt before it is given up; what it names is there only where it was captured. */
public record PresentFiles(Path images, Trees trees) {}
