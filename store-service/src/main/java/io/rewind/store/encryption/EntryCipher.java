package io.rewind.store.encryption;

import io.rewind.store.database.Family;
import io.rewind.store.fault.StoreFault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Entries as the disk sees them. A value is bound to its place: moved to another key, family or database, it does not
 * open. Keys that are digests of content are hidden, as whoever reads them could try contents; the others are ids and
 * numbers and stay.
 *
 * <pre>
 *   bound to:  name of the database, 0, name of the family, 0, key
 * </pre>
 */
final class EntryCipher {
    /** Their keys are, or end with, a digest of content. */
    private static final Set<Family> NAMED_BY_CONTENT =
            EnumSet.of(Family.CHUNKS, Family.BODIES, Family.NODES, Family.ARRIVALS);

    private final KeyRing keys;
    private final NameCipher names;
    private final String database;

    EntryCipher(KeyRing keys, NameCipher names, String database) {
        this.keys = keys;
        this.names = names;
        this.database = database;
    }

    /** Also of what comes before the digest, as a prefix. */
    byte[] hideKey(Family family, byte[] key) {
        return turned(family, key, names::hide);
    }

    byte[] showKey(Family family, byte[] hidden) {
        return turned(family, hidden, names::show);
    }

    private static byte[] turned(Family family, byte[] key, UnaryOperator<byte[]> digest) {
        int at = key.length - NameCipher.NAME_BYTES;
        if (at < 0 || !NAMED_BY_CONTENT.contains(family)) {
            return key;
        }
        byte[] turned = key.clone();
        byte[] end = digest.apply(Arrays.copyOfRange(key, at, key.length));
        System.arraycopy(end, 0, turned, at, end.length);
        return turned;
    }

    byte[] seal(Family family, byte[] key, byte[] value) {
        return keys.seal(value, place(family, key));
    }

    /** @throws io.rewind.runtime.fault.Fault REJECTED STORE_DAMAGED */
    byte[] open(Family family, byte[] key, byte[] sealed) {
        try {
            return keys.open(sealed, place(family, key));
        } catch (GeneralSecurityException e) {
            throw StoreFault.STORE_DAMAGED.rejected("an entry of " + family
                    + " does not open: it was changed or moved, or the key it was written with has been taken away");
        }
    }

    private byte[] place(Family family, byte[] key) {
        byte[] head = (database + '\0' + family.name() + '\0').getBytes(StandardCharsets.UTF_8);
        byte[] place = Arrays.copyOf(head, head.length + key.length);
        System.arraycopy(key, 0, place, head.length, key.length);
        return place;
    }
}
