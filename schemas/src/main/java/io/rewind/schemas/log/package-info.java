/** Which ids log lines carry, for machines that read them. */
@NullMarked
package io.rewind.schemas.log;

import org.jspecify.annotations.NullMarked;
