/** What a container's labels ask to be run inside it around each freeze, such as a database's flush and unlock. */
@NullMarked
package io.rewind.capture.hook;

import org.jspecify.annotations.NullMarked;
