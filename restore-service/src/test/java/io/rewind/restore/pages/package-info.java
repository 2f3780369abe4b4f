@NullMarked
package io.rewind.restore.pages;

import org.jspecify.annotations.NullMarked;
