/**
 * How far each restore has come, on disk before it goes further, so that whoever starts after a crash knows what may have
 * been touched. Remembers finished requests for a time, so that one delivered twice is done once.
 */
@NullMarked
package io.rewind.restore.journal;

import org.jspecify.annotations.NullMarked;
