/**
 * The demonstration: a container that checks its own memory against its own file is captured, broken, put back and
 * opened a second time, through the same calls as the commands make. Everything it makes has a name of its own and is
 * removed again, also when it fails or is interrupted.
 */
@NullMarked
package io.rewind.cli.demo;

import org.jspecify.annotations.NullMarked;
