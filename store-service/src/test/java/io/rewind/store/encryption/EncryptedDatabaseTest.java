package io.rewind.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.DatabaseContract;
import io.rewind.store.database.Family;
import io.rewind.store.database.MemoryDatabase;
import io.rewind.store.fault.StoreFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptedDatabaseTest extends DatabaseContract {
    private static final byte[] DIGEST = "sixteen bytes it".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = {1, 2, 3};

    private final MemoryDatabase disk = new MemoryDatabase(() -> {});
    private final NameCipher names = new NameCipher(new byte[NameCipher.KEY_BYTES]);

    @Override
    protected Database open(Path folder) {
        return over(disk, Keys.A, "partition-0");
    }

    private Database over(Database hidden, String keys, String name) {
        return new EncryptedDatabase(hidden, new EntryCipher(KeyRing.parse(keys), names, name));
    }

    private static void put(Database database, Family family, byte[] key, byte[] value) {
        try (Commit batch = database.begin()) {
            batch.put(family, key, value);
            batch.write();
        }
    }

    @Test
    void digestsOfContentAreFoundButNotShown() {
        Database database = open(Path.of(""));
        put(database, Family.CHUNKS, DIGEST, VALUE);
        assertThat(database.get(Family.CHUNKS, DIGEST)).hasValue(VALUE);
        assertThat(database.has(Family.CHUNKS, DIGEST)).isTrue();
        assertThat(database.has(Family.CHUNKS, OTHER)).isFalse();
        List<byte[]> keys = new ArrayList<>();
        database.scan(Family.CHUNKS, new byte[0], (key, value) -> keys.add(key));
        assertThat(keys).containsExactly(DIGEST);
        disk.scan(Family.CHUNKS, new byte[0], (key, hidden) -> {
            assertThat(key).hasSize(DIGEST.length).isNotEqualTo(DIGEST);
            return true;
        });
        try (Commit batch = database.begin()) {
            batch.delete(Family.CHUNKS, DIGEST);
            batch.write();
        }
        assertThat(disk.diskBytes()).isZero();
    }

    @Test
    void anEntryOpensOnlyWhereItWasPut() {
        Database database = open(Path.of(""));
        put(database, Family.BODIES, DIGEST, VALUE);
        byte[] sealed = disk.get(Family.BODIES, names.hide(DIGEST)).orElseThrow();
        put(disk, Family.BODIES, names.hide(OTHER), sealed);
        put(disk, Family.CHUNKS, names.hide(DIGEST), sealed);
        assertDamaged(database, Family.BODIES, OTHER);
        assertDamaged(database, Family.CHUNKS, DIGEST);
        assertDamaged(over(disk, Keys.A, "partition-1"), Family.BODIES, DIGEST);
        assertThat(database.get(Family.BODIES, DIGEST)).hasValue(VALUE);
    }

    @Test
    void anEntryThatWasChangedDoesNotOpen() {
        Database database = open(Path.of(""));
        put(database, Family.META, DIGEST, VALUE);
        byte[] sealed = disk.get(Family.META, DIGEST).orElseThrow();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            put(disk, Family.META, DIGEST, changed);
            assertDamaged(database, Family.META, DIGEST);
        }
        put(disk, Family.META, DIGEST, Arrays.copyOf(sealed, 3));
        assertDamaged(database, Family.META, DIGEST);
    }

    @Test
    void aNewKeySealsWhatComesAndTheOldOneOpensWhatWas() {
        put(over(disk, Keys.A, "partition-0"), Family.META, DIGEST, VALUE);
        Database rotated = over(disk, Keys.B + "\n" + Keys.A, "partition-0");
        assertThat(rotated.get(Family.META, DIGEST)).hasValue(VALUE);
        put(rotated, Family.META, OTHER, VALUE);
        Database later = over(disk, Keys.B, "partition-0");
        assertThat(later.get(Family.META, OTHER)).hasValue(VALUE);
        assertDamaged(later, Family.META, DIGEST);
    }

    private static void assertDamaged(Database database, Family family, byte[] key) {
        assertThatThrownBy(() -> database.get(family, key))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(StoreFault.STORE_DAMAGED));
    }
}
