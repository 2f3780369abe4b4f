package io.rewind.store.encryption;

import java.util.Base64;

/** Keys that unlock nothing of anybody's. */
public final class Keys {
    public static final String A = key(1);
    public static final String B = key(2);

    private Keys() {}

    private static String key(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        return Base64.getEncoder().encodeToString(key);
    }
}
