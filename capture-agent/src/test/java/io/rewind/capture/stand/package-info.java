/** What tests on real containers stand on. */
@NullMarked
package io.rewind.capture.stand;

import org.jspecify.annotations.NullMarked;
