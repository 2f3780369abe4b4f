/**
 * Asking the stores: {@link io.rewind.schemas.client.StoreDirectory} says where they are, {@link
 * io.rewind.schemas.client.TimelineClient} reads timelines, points and chunks from them, {@link
 * io.rewind.schemas.client.MaintenanceClient} pins, prunes and verifies. What is returned has been
 * checked against its id; memory stays bounded whatever a point's size. Promises no view across calls: a point may
 * expire between two of them.
 */
@NullMarked
package io.rewind.schemas.client;

import org.jspecify.annotations.NullMarked;
