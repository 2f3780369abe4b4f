/**
 * One class a command: reads its options, asks, and shows the answer. Faults become one sentence and an exit code
 * here; classes of Kafka are not touched before a command needs them, so that {@code status} and help start fast.
 */
@NullMarked
package io.rewind.cli.command;

import org.jspecify.annotations.NullMarked;
