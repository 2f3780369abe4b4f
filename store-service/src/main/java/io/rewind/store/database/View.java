package io.rewind.store.database;

import java.util.Optional;

/** Reading a database. Arrays given and taken are not written to. */
public interface View {
    Optional<byte[]> get(Family family, byte[] key);

    /** Whether the key is there, without reading its value from a blob file. */
    default boolean has(Family family, byte[] key) {
        return get(family, key).isPresent();
    }

    /** All entries whose key begins with {@code prefix}, in the order of their keys' bytes, until told to stop. */
    void scan(Family family, byte[] prefix, Visitor visitor);

    /** Sees one entry after the other. */
    @FunctionalInterface
    interface Visitor {
        /** @return whether to go on */
        boolean visit(byte[] key, byte[] value);
    }
}
