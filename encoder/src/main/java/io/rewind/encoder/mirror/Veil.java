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
 * to the file can do worse. What is hidden is one long stream, cut into pieces: no counter is used twice, and the cipher
 * need not be set up anew for each. For one thread.
 *
 * <pre>
 *   counter block:  u128be number of the block of 16 bytes since the beginning
 * </pre>
 */
final class Veil {
    private static final int KEY_BYTES = 32;
    private static final int BLOCK = 16;

    private final SecretKey key;
    private final Cipher hiding;
    private final Cipher showing;
    private final byte[] skipped = new byte[BLOCK];
    private long next;

    Veil() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "AES");
        try {
            hiding = Cipher.getInstance("AES/CTR/NoPadding");
            showing = Cipher.getInstance("AES/CTR/NoPadding");
            start(hiding, 0);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES", e);
        }
    }

    private void start(Cipher cipher, long number) throws GeneralSecurityException {
        byte[] counter = ByteBuffer.allocate(BLOCK).putLong(0).putLong(number).array();
        // To hide and to show are the same.
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    }

    /** @return the number to ask for it by */
    long hide(byte[] bytes, int offset, int length, byte[] into) {
        long number = next;
        try {
            require(length, hiding.update(bytes, offset, length, into, 0));
            int rest = -length & (BLOCK - 1);
            require(rest, hiding.update(skipped, 0, rest, skipped, 0));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES does not work", e);
        }
        next += (length + BLOCK - 1) / BLOCK;
        return number;
    }

    /** What was hidden with this number, or its beginning. */
    void show(long number, byte[] hidden, int length, byte[] into) {
        try {
            start(showing, number);
            require(length, showing.doFinal(hidden, 0, length, into, 0));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES does not work", e);
        }
    }

    private static void require(int length, int written) {
        if (written != length) {
            throw new IllegalStateException(written + " bytes of " + length + " came out of AES");
        }
    }
}
