package io.rewind.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.database.MemoryDatabase;
import io.rewind.store.fault.StoreFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLockTest {
    private static final byte[] KEY = new byte[16];

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path base;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final MemoryDatabase disk = new MemoryDatabase(() -> {});

    @BeforeEach
    void name() {
        folder = base.resolve("store");
    }

    private KeySource keys(String... lines) throws IOException {
        return new KeySource.File(Files.writeString(base.resolve("keys"), String.join("\n", lines)));
    }

    private Database open(KeySource keys) {
        return StoreLock.open(folder, keys).on(disk, "partition-0");
    }

    private static void put(Database database) {
        try (Commit batch = database.begin()) {
            batch.put(Family.CHUNKS, KEY, KEY);
            batch.write();
        }
    }

    /** Refused with one sentence that says this, and nothing is different afterwards. */
    private void assertRefused(KeySource keys, String said) throws IOException {
        Map<String, String> before = files();
        assertThatThrownBy(() -> open(keys)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(StoreFault.STORE_LOCKED);
            assertThat(fault.sentence()).contains(said).doesNotContain("\n");
        });
        assertThat(files()).isEqualTo(before);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(file.toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    @Test
    void theSameKeyOpensItAgain() throws IOException {
        put(open(keys(Keys.A)));
        assertThat(open(keys("# ours", "", Keys.A)).get(Family.CHUNKS, KEY)).hasValue(KEY);
        assertThat(disk.has(Family.CHUNKS, KEY)).isFalse();
    }

    @Test
    void withoutKeysNothingIsEncrypted() {
        put(open(new KeySource.None()));
        assertThat(disk.get(Family.CHUNKS, KEY)).hasValue(KEY);
        assertThat(folder).doesNotExist();
    }

    @Test
    void aWrongKeyTouchesNothing() throws IOException {
        put(open(keys(Keys.A)));
        assertRefused(keys(Keys.B), "these are not the keys of the store in " + folder);
        assertRefused(new KeySource.None(), "is encrypted: say where its keys are");
    }

    @Test
    void aStoreThatWasBegunWithoutStaysWithout() throws IOException {
        Files.createDirectories(folder.resolve("partition-0"));
        assertRefused(keys(Keys.A), "was begun without encryption");
    }

    @Test
    void keysRotate() throws IOException {
        put(open(keys(Keys.A)));
        assertThat(open(keys(Keys.B, Keys.A)).get(Family.CHUNKS, KEY)).hasValue(KEY);
        // From now on the lock is the new key's; what was stored before still needs the old one.
        Database alone = open(keys(Keys.B));
        assertThat(alone.has(Family.CHUNKS, KEY)).isTrue();
        assertThatThrownBy(() -> alone.get(Family.CHUNKS, KEY))
                .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.code()).isEqualTo(StoreFault.STORE_DAMAGED));
    }

    @Test
    void aCommandMayPrintTheKeys() throws IOException {
        put(open(keys(Keys.A)));
        KeySource printed = new KeySource.Command("cat '" + base.resolve("keys") + "'");
        assertThat(open(printed).get(Family.CHUNKS, KEY)).hasValue(KEY);
        assertRefused(new KeySource.Command("exit 3"), "the key command ended with code 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "too short", "c2hvcnQ="})
    void whatIsNoKeyIsSaid(String text) throws IOException {
        assertRefused(keys(text), "key");
    }
}
