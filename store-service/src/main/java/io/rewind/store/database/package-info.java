/** One RocksDB database a partition: families of keys, batches that are atomic, snapshots that outlive no database. Knows nothing of what the keys mean. */
@NullMarked
package io.rewind.store.database;

import org.jspecify.annotations.NullMarked;
