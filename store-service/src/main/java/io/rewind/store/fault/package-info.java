/** What can be wrong with a point or with what is stored. */
@NullMarked
package io.rewind.store.fault;

import org.jspecify.annotations.NullMarked;
