/** Sorted items in layers that lie over one another; a layer is written once and never changed. What a newer layer's item does to an older one's is not decided here. */
@NullMarked
package io.rewind.store.layer;

import org.jspecify.annotations.NullMarked;
