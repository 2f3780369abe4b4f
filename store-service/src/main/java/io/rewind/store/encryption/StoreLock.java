package io.rewind.store.encryption;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.database.Database;
import io.rewind.store.fault.StoreFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store is encrypted, and with what. The file {@value #FILE} in its folder holds the store's name key, which
 * never changes, sealed by the newest of the store's keys; a store without it is not encrypted, and stays so.
 */
public final class StoreLock {
    static final String FILE = "encrypted";

    /** Begins the name of every database's folder. */
    private static final String DATABASE = "partition-";

    private static final byte[] BOUND_TO = "rewind store names".getBytes(StandardCharsets.US_ASCII);
    private static final Logger log = LoggerFactory.getLogger(StoreLock.class);

    private record Unlocked(KeyRing keys, NameCipher names) {}

    private final Optional<Unlocked> unlocked;

    private StoreLock(Optional<Unlocked> unlocked) {
        this.unlocked = unlocked;
    }

    /**
     * Opens the lock of the store in this folder, or begins one where nothing is stored yet.
     *
     * @throws Fault FATAL STORE_LOCKED: the keys do not fit; nothing has been touched
     */
    public static StoreLock open(Path folder, KeySource source) {
        Path file = folder.resolve(FILE);
        boolean locked = Files.exists(file);
        if (source instanceof KeySource.None) {
            if (locked) {
                throw refused("the store in " + folder + " is encrypted: say where its keys are, in"
                        + " rewind.store.encryption.key-file or key-command");
            }
            return new StoreLock(Optional.empty());
        }
        KeyRing keys = KeyRing.parse(source.text());
        try {
            byte[] nameKey = locked ? opened(file, keys) : begun(file, keys);
            return new StoreLock(Optional.of(new Unlocked(keys, new NameCipher(nameKey))));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static byte[] opened(Path file, KeyRing keys) throws IOException {
        byte[] sealed = Files.readAllBytes(file);
        byte[] nameKey;
        try {
            nameKey = keys.open(sealed, BOUND_TO);
        } catch (GeneralSecurityException e) {
            throw refused("these are not the keys of the store in " + file.getParent() + " (" + keys
                    + "); nothing was changed");
        }
        if (!keys.isNewest(sealed)) {
            log.info("the store in {} goes on with a new key: {}", file.getParent(), keys);
            write(file, keys.seal(nameKey, BOUND_TO));
        }
        return nameKey;
    }

    private static byte[] begun(Path file, KeyRing keys) throws IOException {
        Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.anyMatch(entry -> String.valueOf(entry.getFileName()).startsWith(DATABASE))) {
                throw refused("the store in " + folder + " was begun without encryption and stays so: take the keys"
                        + " out of rewind.store.encryption, or give it another folder");
            }
        }
        byte[] nameKey = new byte[NameCipher.KEY_BYTES];
        new SecureRandom().nextBytes(nameKey);
        write(file, keys.seal(nameKey, BOUND_TO));
        return nameKey;
    }

    /** The file is there, whole and on disk, or the old one is. */
    private static void write(Path file, byte[] sealed) throws IOException {
        Path fresh = file.resolveSibling(FILE + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(sealed);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder =
                FileChannel.open(Optional.ofNullable(file.getParent()).orElseThrow(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * A database of the store, as it is to be used.
     *
     * @param name of the database, different for each
     */
    public Database on(Database database, String name) {
        return unlocked.<Database>map(u -> new EncryptedDatabase(database, new EntryCipher(u.keys, u.names, name)))
                .orElse(database);
    }

    private static Fault refused(String sentence) {
        return new Fault(StoreFault.STORE_LOCKED, Severity.FATAL, sentence);
    }
}
