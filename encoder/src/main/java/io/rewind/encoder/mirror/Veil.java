package io.rewind.encoder.mirror;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in counter mode under a key that is made with this and goes with it. Hides, but proves nothing: whoever can write
 * to the file can do worse. For one thread.
 *
 * <pre>
 *   counter block:  u64be number of what is hidden, never the same twice; u64be block of 16 bytes within it
 * </pre>
 */
final class Veil {
    private static final int KEY_BYTES = 32;

    private final SecretKey key;
    private final Cipher cipher;
    private long last;

    Veil() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "AES");
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES", e);
        }
    }

    /** @return the number to ask for it by */
    long hide(byte[] bytes, int offset, int length, byte[] into) {
        last++;
        turn(last, bytes, offset, length, into);
        return last;
    }

    /** What was hidden with this number, or its beginning. */
    void show(long number, byte[] hidden, int length, byte[] into) {
        turn(number, hidden, 0, length, into);
    }

    private void turn(long number, byte[] from, int offset, int length, byte[] into) {
        byte[] counter = ByteBuffer.allocate(2 * Long.BYTES).putLong(number).array();
        try {
            // To hide and to show are the same.
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            int written = cipher.doFinal(from, offset, length, into, 0);
            if (written != length) {
                throw new IllegalStateException(written + " bytes of " + length + " hidden");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES does not work", e);
        }
    }
}
