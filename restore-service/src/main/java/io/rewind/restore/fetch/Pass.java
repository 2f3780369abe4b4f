package io.rewind.restore.fetch;

import io.rewind.restore.plan.PlannedStream;
import java.util.function.Predicate;

/**
 * Some streams of a point, and what is to be done with each of their blocks; the patches have come. For one run.
 *
 * @param provedChunks whether each chunk comes whole and is proved by its id
 */
record Pass(Predicate<PlannedStream> wanted, PatchedBlocks patched, Order order, boolean provedChunks) {}
