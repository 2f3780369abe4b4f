/** TCP connections of a container, and what becomes of them in its points. */
@NullMarked
package io.rewind.schemas.connection;

import org.jspecify.annotations.NullMarked;
