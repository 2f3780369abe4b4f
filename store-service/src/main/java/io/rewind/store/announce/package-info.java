/** Telling others: the outbox that makes announcements happen once, and the presence of this store on the control topic. */
@NullMarked
package io.rewind.store.announce;

import org.jspecify.annotations.NullMarked;
