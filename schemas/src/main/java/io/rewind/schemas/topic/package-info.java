/** The topics: names, keys, how long records stay, and how records are sent to them. */
@NullMarked
package io.rewind.schemas.topic;

import org.jspecify.annotations.NullMarked;
