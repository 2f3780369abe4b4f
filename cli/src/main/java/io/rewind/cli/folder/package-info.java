/** The folder that a node keeps everything in: what lies where, who holds it, files that are whole or not there. */
@NullMarked
package io.rewind.cli.folder;

import org.jspecify.annotations.NullMarked;
