/** Who is let in: certificates of tests, and what happens without them. */
@NullMarked
package io.rewind.cli.security;

import org.jspecify.annotations.NullMarked;
