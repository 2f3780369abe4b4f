package io.rewind.criu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one message that ends CRIU's wait for a page client, after which the dumped processes run on. Source:
 * {@code struct page_server_iov} and PS_IOV_CLOSE of criu/page-xfer.c. Send it and hang up: the answer comes late.
 *
 * <pre>
 * up to 4.1  offset 0 u32 command   4 u32 pages                   8 u64 address  16 u64 destination   24 bytes
 * from 4.2   offset 0 u32 command   4 padding    8 u64 pages     16 u64 address  24 u64 destination   32 bytes
 * </pre>
 */
public final class PageServerClose {
    private static final int CLOSE = 0x1023;

    private PageServerClose() {}

    /** The message for this version, ready to be sent. */
    public static ByteBuffer message(CriuVersion version) {
        ByteBuffer message = ByteBuffer.allocate(version.atLeast(4, 2) ? 32 : 24);
        return message.order(ByteOrder.LITTLE_ENDIAN).putInt(0, CLOSE);
    }
}
