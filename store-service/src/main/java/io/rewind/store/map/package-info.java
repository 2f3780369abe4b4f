/** What a point consists of, as items of one tree: every stream's description and, in segments, where its blocks lie. Complete in itself: reading a point needs no other point (I5). */
@NullMarked
package io.rewind.store.map;

import org.jspecify.annotations.NullMarked;
