package io.rewind.restore.pages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A question of the daemon, or what stands before the pages of an answer: the head of CRIU's page server protocol (struct
 * page_server_iov of criu/page-xfer.c, CRIU 4.2), little endian as on every machine that Rewind runs on.
 *
 * <pre>
 *   offset  bytes
 *    0      4      command in the lower half, flags of the pages in the upper
 *    4      4      nothing
 *    8      8      number of pages
 *   16      8      address of the first
 *   24      8      the process whose page map they are in, its pid in its own namespace
 * </pre>
 *
 * Answers come in the order of the questions. Each may have fewer pages than were asked for: the daemon asks for the others
 * again. One CLOSE comes at the end and is answered with four zero bytes.
 */
record PageMessage(int command, long pages, long address, long process) {
    static final int BYTES = 32;
    /** PS_IOV_GET: pages are wanted. */
    static final int GET = 7;
    /** PS_IOV_CLOSE: none are wanted any more. */
    static final int CLOSE = 0x1023;

    private static final int ADD = 6;
    private static final int PRESENT = 1 << 2;
    /** PS_IOV_ADD_F with PE_PRESENT: pages follow. */
    static final int PAGES = ADD | PRESENT << Short.SIZE;

    /** @param from 32 bytes, from its position */
    static PageMessage read(ByteBuffer from) {
        ByteBuffer bytes = from.order(ByteOrder.LITTLE_ENDIAN);
        int command = bytes.getInt();
        bytes.getInt();
        return new PageMessage(command, bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    void write(ByteBuffer to) {
        to.order(ByteOrder.LITTLE_ENDIAN).putInt(command).putInt(0);
        to.putLong(pages).putLong(address).putLong(process);
    }

    /** The head of an answer with the first so many pages. */
    PageMessage answer(int count) {
        return new PageMessage(PAGES, count, address, process);
    }
}
