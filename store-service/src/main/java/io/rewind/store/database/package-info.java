/**
 * A database a partition behind one port: families of keys, batches that are atomic, snapshots that outlive no database.
 * On disk it is RocksDB. Knows nothing of what the keys mean.
 */
@NullMarked
package io.rewind.store.database;

import org.jspecify.annotations.NullMarked;
