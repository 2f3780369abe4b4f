/**
 * Agents, encoders, stores and a broker in one thread, pushed one at a time by a seed: crashes, power cuts, lost and
 * doubled records, rebalances, late messages. The real publisher, encoder and store; only the container, the broker and,
 * mostly, the disk are made up.
 *
 * <ol>
 *   <li>{@code Walk}: the container, and so what is true;
 *   <li>{@code Agent}, {@code Encoder}, {@code Store}: the processes, each with a {@code Fuse};
 *   <li>{@code Broker}, {@code Sender}, {@code Announcer}: what lies between them;
 *   <li>{@code World}: one seed's history; {@code Oracle}: whether it was right.
 * </ol>
 *
 * Threads, the real consumer protocol and the real freeze are not simulated.
 */
@NullMarked
package io.rewind.cli.simulation;

import org.jspecify.annotations.NullMarked;
