/** Tests of look. */
@NullMarked
package io.rewind.restore.look;

import org.jspecify.annotations.NullMarked;
