/** What is mounted into a container and belongs to its points; the capturing and the restoring side agree on it here. */
@NullMarked
package io.rewind.schemas.mount;

import org.jspecify.annotations.NullMarked;
