/** Blocks, their digests, and the chunks they are stored in: the content's form, shared by whoever writes and reads it. */
@NullMarked
package io.rewind.schemas.content;

import org.jspecify.annotations.NullMarked;
