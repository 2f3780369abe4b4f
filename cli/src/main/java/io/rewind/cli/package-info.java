/** The {@code rewind} command's entry: arguments to commands, faults to sentences and exit codes. */
@NullMarked
package io.rewind.cli;

import org.jspecify.annotations.NullMarked;
