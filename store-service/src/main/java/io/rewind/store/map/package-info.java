/** What a point consists of, as layers: every stream's description and, in segments, where its blocks lie. A layer refers to older layers, never to points: reading a point needs no other point (I5). */
@NullMarked
package io.rewind.store.map;

import org.jspecify.annotations.NullMarked;
