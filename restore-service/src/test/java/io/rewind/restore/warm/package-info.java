@NullMarked
package io.rewind.restore.warm;

import org.jspecify.annotations.NullMarked;
