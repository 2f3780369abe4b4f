package io.rewind.encoder.mirror;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param bytes most disk; 0: no mirror, and so no patches
 * @param reach a version not used for this long is forgotten: the store may have let its chunk go
 */
public record MirrorSettings(Path folder, long bytes, Duration reach) {}
