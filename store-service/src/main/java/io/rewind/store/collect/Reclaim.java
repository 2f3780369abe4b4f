package io.rewind.store.collect;

import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.database.SnapshotView;

/**
 * Gives the space of what was swept back to the file system, where that is worth the writing.
 *
 * @param waste the share of files that may be garbage before what is left in them is written anew
 * @param rate bytes a second that are written at most
 */
public record Reclaim(Database database, double waste, long rate) {
    /** @throws io.rewind.runtime.fault.Fault STORE_CLOSING, STORE_DAMAGED: bodies stay where they are */
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
            readBodies();
            database.rewriteBodies(rate);
        }
    }

    /** A compaction that meets damage ends all writing: what is damaged is to be found before. */
    private void readBodies() {
        Pace pace = new Pace(rate);
        try (SnapshotView view = database.snapshot()) {
            view.scan(Family.BODIES, new byte[0], (_, body) -> {
                pace.took(body.length);
                return true;
            });
        }
    }
}
