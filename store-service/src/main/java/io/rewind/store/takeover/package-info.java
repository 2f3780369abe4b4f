/**
 * A partition that comes from another store: {@link io.rewind.store.takeover.BusyPartition} waits until that has let go of
 * the database, {@link io.rewind.store.takeover.MissedRecords} says what is lost where there is no database to go on with
 * and Kafka no longer has all records. Does not bring anything back.
 */
@NullMarked
package io.rewind.store.takeover;

import org.jspecify.annotations.NullMarked;
