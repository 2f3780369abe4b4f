/** What tells one host from another where a container's processes are concerned. Promises nothing about what runs there. */
@NullMarked
package io.rewind.schemas.host;

import org.jspecify.annotations.NullMarked;
