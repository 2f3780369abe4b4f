/**
 * Puts a container back to a point when a message asks for it: {@code resolve} what is meant, {@code plan} and {@code
 * fetch} the point, {@code rebuild} its {@code images} and file {@code tree}, have the {@code present} captured, {@code
 * switchover}; {@code journal} and {@code request} see to it that a crash at any step leaves one container running.
 */
@NullMarked
package io.rewind.restore;

import org.jspecify.annotations.NullMarked;
