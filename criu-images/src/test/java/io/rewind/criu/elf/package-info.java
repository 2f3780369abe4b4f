/** Tests of core files. */
@NullMarked
package io.rewind.criu.elf;

import org.jspecify.annotations.NullMarked;
