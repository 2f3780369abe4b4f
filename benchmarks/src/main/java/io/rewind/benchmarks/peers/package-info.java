/**
 * Rewind beside others that keep a container's state: the same container, the same instants, in turn.
 *
 * <ol>
 *   <li>A guest runs a workload; between two rounds it changes.
 *   <li>In each round every contender takes its point, in an order that rotates.
 *   <li>At the end each brings a point back.
 * </ol>
 *
 * <p>A contender that fails is out with its reason, and the others go on. Promises nothing about contenders that are not
 * installed: they fail like any other.
 */
@NullMarked
package io.rewind.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
