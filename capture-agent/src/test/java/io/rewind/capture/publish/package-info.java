/** Records as others will read them. */
@NullMarked
package io.rewind.capture.publish;

import org.jspecify.annotations.NullMarked;
