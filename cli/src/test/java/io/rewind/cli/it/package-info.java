/** The whole way: embedded broker, real engine, real CRIU, real programs in containers. */
@NullMarked
package io.rewind.cli.it;

import org.jspecify.annotations.NullMarked;
