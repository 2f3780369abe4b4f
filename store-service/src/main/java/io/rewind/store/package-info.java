/**
 * Owns the timelines. Records of {@code rewind.chunks} come in through {@code ingest}, become bodies ({@code chunk}),
 * maps ({@code map} on {@code tree}) and points ({@code timeline}) in one database a partition ({@code database}, if
 * wanted under {@code encryption}), are told by {@code announce} and served by {@code read}. Promises nothing about a point
 * before it is announced.
 */
@NullMarked
package io.rewind.store;

import org.jspecify.annotations.NullMarked;
