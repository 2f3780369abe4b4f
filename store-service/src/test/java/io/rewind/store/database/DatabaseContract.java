package io.rewind.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every database must do. */
public abstract class DatabaseContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    /** The same one each time. */
    protected abstract Database open(Path folder);

    @BeforeEach
    void open() {
        database = open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(String key, String value) {
        try (Commit batch = database.begin()) {
            batch.put(Family.META, bytes(key), bytes(value));
            batch.write();
        }
    }

    private static List<String> scan(View view, Family family, String prefix) {
        List<String> found = new ArrayList<>();
        view.scan(family, bytes(prefix), (key, value) -> {
            found.add(new String(key, StandardCharsets.UTF_8) + "=" + new String(value, StandardCharsets.UTF_8));
            return found.size() < 3;
        });
        return found;
    }

    @Test
    void aBatchIsThereOnceItIsWritten() {
        put("b", "old");
        try (Commit batch = database.begin()) {
            batch.put(Family.META, bytes("a"), bytes("1"));
            batch.delete(Family.META, bytes("b"));
            batch.put(Family.GAPS, bytes("a"), bytes("another family"));
            assertThat(scan(database, Family.META, "")).containsExactly("b=old");
            batch.write();
        }
        assertThat(scan(database, Family.META, "")).containsExactly("a=1");
        assertThat(database.get(Family.GAPS, bytes("a"))).hasValue(bytes("another family"));
        assertThat(database.get(Family.META, bytes("b"))).isEmpty();
        assertThat(database.has(Family.META, bytes("a"))).isTrue();
    }

    @Test
    void aBatchThatIsNotWrittenNeverWas() {
        try (Commit batch = database.begin()) {
            batch.put(Family.META, bytes("a"), bytes("1"));
        }
        assertThat(scan(database, Family.META, "")).isEmpty();
    }

    @Test
    void aScanSeesWhatBeginsSoInOrderUntilItHasEnough() {
        List.of("p3", "q", "p1", "p", "p2", "o").forEach(key -> put(key, ""));
        assertThat(scan(database, Family.META, "p")).containsExactly("p=", "p1=", "p2=");
    }

    @Test
    void aSnapshotStaysAsItWas() {
        put("a", "1");
        try (SnapshotView view = database.snapshot()) {
            put("a", "2");
            put("b", "2");
            assertThat(scan(view, Family.META, "")).containsExactly("a=1");
            assertThat(view.get(Family.META, bytes("a"))).hasValue(bytes("1"));
        }
    }

    @Test
    void I3_whatWasSyncedOutlivesItsProcess() {
        put("a", "1");
        database.sync();
        database.close();
        database = open(folder);
        assertThat(scan(database, Family.META, "")).containsExactly("a=1");
    }
}
