package io.rewind.restore.resolve;

import io.rewind.restore.engine.Inspected;
import io.rewind.schemas.id.TimelineId;
import java.util.Optional;

/**
 * What a request is about.
 *
 * @param container as the engine has it now; empty when only its timeline is left
 * @param host where it was captured last
 */
public record Subject(TimelineId timeline, Optional<Inspected> container, String host) {}
