@NullMarked
package io.rewind.restore.fetch;

import org.jspecify.annotations.NullMarked;
