/** The journal on disk, whole and damaged. */
@NullMarked
package io.rewind.restore.journal;

import org.jspecify.annotations.NullMarked;
