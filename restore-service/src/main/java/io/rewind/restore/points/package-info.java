/**
 * Where points come from: a port to the store, and its implementation over the store's read API. Promises nothing about
 * what it hands over; whoever takes it checks it.
 */
@NullMarked
package io.rewind.restore.points;

import org.jspecify.annotations.NullMarked;
