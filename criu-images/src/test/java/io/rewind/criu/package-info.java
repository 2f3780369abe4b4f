/** Tests of the image readers: on bytes of a real CRIU, on damaged bytes, and through a real dump and restore. */
@NullMarked
package io.rewind.criu;

import org.jspecify.annotations.NullMarked;
