package io.rewind.store.encryption;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.store.fault.StoreFault;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AES-256-GCM keys: the newest seals, each opens what it sealed. As text one key a line, the newest first, base64 of 32
 * bytes; empty lines and those after # say nothing. A key's id is the beginning of its SHA-256. Thread-safe.
 *
 * <pre>
 *   u8     1
 *   u32be  id of the key
 *   12     nonce, random
 *   ...    ciphertext, as long as what was sealed
 *   16     tag
 * </pre>
 */
public final class KeyRing {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final Aead aead;
    private final int newest;
    private final int size;

    private KeyRing(Aead aead, int newest, int size) {
        this.aead = aead;
        this.newest = newest;
        this.size = size;
    }

    /** @throws Fault FATAL STORE_LOCKED naming the first line that is no key; also without any key */
    public static KeyRing parse(String text) {
        Map<Integer, byte[]> keys = new LinkedHashMap<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
                byte[] key = key(lines.get(i), i + 1);
                keys.putIfAbsent(id(key), key);
            }
        }
        if (keys.isEmpty()) {
            throw locked("there is no key; make one with: openssl rand -base64 32");
        }
        try {
            return of(keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    private static byte[] key(String line, int number) {
        try {
            byte[] key = Base64.getDecoder().decode(line);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below; what the line holds instead is nobody's business.
        }
        throw locked("line " + number + " of the keys is not base64 of 32 bytes");
    }

    private static int id(byte[] key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key))
                    .getInt();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @AccessesPartialKey
    private static KeyRing of(Map<Integer, byte[]> keys) throws GeneralSecurityException {
        AeadConfig.register();
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(NONCE_BYTES)
                .setTagSizeBytes(TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build();
        List<Integer> ids = new ArrayList<>(keys.keySet());
        KeysetHandle.Builder ring = KeysetHandle.newBuilder();
        for (Map.Entry<Integer, byte[]> each : keys.entrySet()) {
            KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(each.getValue(), InsecureSecretKeyAccess.get()))
                    .setIdRequirement(each.getKey())
                    .build());
            if (each.getKey().equals(ids.getFirst())) {
                entry.makePrimary();
            }
            ring.addEntry(entry);
        }
        Aead aead = ring.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
        return new KeyRing(aead, ids.getFirst(), ids.size());
    }

    byte[] seal(byte[] plain, byte[] boundTo) {
        try {
            return aead.encrypt(plain, boundTo);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value cannot be encrypted", e);
        }
    }

    /** @throws GeneralSecurityException changed, bound to something else, or its key is not here */
    byte[] open(byte[] sealed, byte[] boundTo) throws GeneralSecurityException {
        return aead.decrypt(sealed, boundTo);
    }

    /** Whether the newest key sealed this. */
    boolean isNewest(byte[] sealed) {
        return sealed.length > Integer.BYTES && ByteBuffer.wrap(sealed).getInt(1) == newest;
    }

    /** How many keys there are, and which is the newest. */
    @Override
    public String toString() {
        return size + " keys, the newest " + HexFormat.of().toHexDigits(newest);
    }

    private static Fault locked(String sentence) {
        return new Fault(StoreFault.STORE_LOCKED, Severity.FATAL, sentence);
    }
}
