package io.rewind.restore.switchover;

import java.nio.file.Path;

/** Where the present is rebuilt when it has to be put back; what it names is there only then. */
public record PresentFiles(Path images, Trees trees) {}
