package io.rewind.store.announce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A record to be sent, as it waits in the outbox.
 *
 * <pre>
 *   u16be  bytes of the topic, and these
 *   u16be  bytes of the key, and these
 *   ...    the record
 * </pre>
 */
public record Announcement(String topic, String key, ByteBuffer value) {
    public static Announcement of(String topic, String key, byte[] value) {
        return new Announcement(topic, key, ByteBuffer.wrap(value).asReadOnlyBuffer());
    }

    public byte[] bytes() {
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        return copy;
    }

    byte[] encode() {
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Short.BYTES + topicBytes.length + keyBytes.length + value.remaining())
                .putShort((short) topicBytes.length)
                .put(topicBytes)
                .putShort((short) keyBytes.length)
                .put(keyBytes)
                .put(value.duplicate())
                .array();
    }

    static Announcement decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String topic = text(in);
        String key = text(in);
        return of(topic, key, Arrays.copyOfRange(bytes, in.position(), bytes.length));
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
