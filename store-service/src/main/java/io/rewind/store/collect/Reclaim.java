package io.rewind.store.collect;

import io.rewind.store.database.Database;
import io.rewind.store.database.Family;

/**
 * Gives the space of what was swept back to the file system, where that is worth the writing.
 *
 * @param waste the share of files that may be garbage before what is left in them is written anew
 * @param rate bytes a second that are written at most
 */
public record Reclaim(Database database, double waste, long rate) {
    /** @throws io.rewind.runtime.fault.Fault STORE_CLOSING */
    public void after(Swept swept) {
        if (swept.bytes() > waste * (swept.bytes() + swept.live())) {
            for (Family family : Family.values()) {
                database.compact(family, rate);
            }
        } else if (swept.chunks() > 0) {
            // Small beside the bodies; whole files of them may become free.
            database.compact(Family.BODIES, rate);
        }
        long files = database.bodyBytes();
        if (files - swept.bodies() > waste * files) {
            database.rewriteBodies(rate);
        }
    }
}
