/** Pages of docs that are made from code, and the tests that keep them true. */
@NullMarked
package io.rewind.cli.reference;

import org.jspecify.annotations.NullMarked;
