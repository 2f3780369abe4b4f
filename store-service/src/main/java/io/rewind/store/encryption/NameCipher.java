package io.rewind.store.encryption;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a content digest of 16 bytes into 16 others and back: one block of AES-256, a permutation that nobody without the
 * key can compute for a content he guesses. Thread-safe.
 */
final class NameCipher {
    static final int KEY_BYTES = 32;
    static final int NAME_BYTES = 16;

    private final SecretKey key;

    NameCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] hide(byte[] name) {
        return turn(Cipher.ENCRYPT_MODE, name);
    }

    byte[] show(byte[] hidden) {
        return turn(Cipher.DECRYPT_MODE, hidden);
    }

    @SuppressWarnings("InsecureCryptoUsage") // a single block, of a digest: no pattern to show
    private byte[] turn(int mode, byte[] name) {
        if (name.length != NAME_BYTES) {
            throw new IllegalArgumentException("a digest has 16 bytes, not " + name.length);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher.doFinal(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-256", e);
        }
    }
}
