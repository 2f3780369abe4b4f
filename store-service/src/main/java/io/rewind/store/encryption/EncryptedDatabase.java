package io.rewind.store.encryption;

import io.rewind.store.database.Commit;
import io.rewind.store.database.Database;
import io.rewind.store.database.Family;
import io.rewind.store.database.SnapshotView;
import io.rewind.store.database.View;
import java.util.Optional;

/**
 * A database over another one that gets everything encrypted. Keys that are digests of content are scanned in no particular
 * order.
 */
final class EncryptedDatabase implements Database {
    private final Database hidden;
    private final EntryCipher cipher;

    EncryptedDatabase(Database hidden, EntryCipher cipher) {
        this.hidden = hidden;
        this.cipher = cipher;
    }

    @Override
    public Optional<byte[]> get(Family family, byte[] key) {
        return get(hidden, family, key);
    }

    private Optional<byte[]> get(View view, Family family, byte[] key) {
        return view.get(family, cipher.hideKey(family, key)).map(hiddenValue -> cipher.open(family, key, hiddenValue));
    }

    @Override
    public boolean has(Family family, byte[] key) {
        return hidden.has(family, cipher.hideKey(family, key));
    }

    @Override
    public void scan(Family family, byte[] prefix, Visitor visitor) {
        scan(hidden, family, prefix, visitor);
    }

    private void scan(View view, Family family, byte[] prefix, Visitor visitor) {
        view.scan(family, cipher.hideKey(family, prefix), (hiddenKey, hiddenValue) -> {
            byte[] key = cipher.showKey(family, hiddenKey);
            return visitor.visit(key, cipher.open(family, key, hiddenValue));
        });
    }

    @Override
    public Commit begin() {
        return new EncryptedCommit(hidden.begin());
    }

    @Override
    public void sync() {
        hidden.sync();
    }

    @Override
    public SnapshotView snapshot() {
        return new EncryptedView(hidden.snapshot());
    }

    @Override
    public long diskBytes() {
        return hidden.diskBytes();
    }

    @Override
    public long bodyBytes() {
        return hidden.bodyBytes();
    }

    @Override
    public void compact(Family family, long rate) {
        hidden.compact(family, rate);
    }

    @Override
    public void rewriteBodies(long rate) {
        hidden.rewriteBodies(rate);
    }

    @Override
    public void close() {
        hidden.close();
    }

    private final class EncryptedCommit implements Commit {
        private final Commit batch;

        EncryptedCommit(Commit batch) {
            this.batch = batch;
        }

        @Override
        public void put(Family family, byte[] key, byte[] value) {
            batch.put(family, cipher.hideKey(family, key), cipher.seal(family, key, value));
        }

        @Override
        public void delete(Family family, byte[] key) {
            batch.delete(family, cipher.hideKey(family, key));
        }

        @Override
        public void write() {
            batch.write();
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    private final class EncryptedView implements SnapshotView {
        private final SnapshotView view;

        EncryptedView(SnapshotView view) {
            this.view = view;
        }

        @Override
        public Optional<byte[]> get(Family family, byte[] key) {
            return EncryptedDatabase.this.get(view, family, key);
        }

        @Override
        public boolean has(Family family, byte[] key) {
            return view.has(family, cipher.hideKey(family, key));
        }

        @Override
        public void scan(Family family, byte[] prefix, Visitor visitor) {
            EncryptedDatabase.this.scan(view, family, prefix, visitor);
        }

        @Override
        public void check() {
            view.check();
        }

        @Override
        public void close() {
            view.close();
        }
    }
}
