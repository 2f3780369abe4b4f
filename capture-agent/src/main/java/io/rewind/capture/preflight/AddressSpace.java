package io.rewind.capture.preflight;

import java.util.List;

/**
 * Of {@code /proc/PID/maps}.
 *
 * @param reserved bytes of private mappings, used or not
 * @param secret whether memfd_secret(2) is mapped
 * @param ring whether a ring of io_uring is
 */
record AddressSpace(long reserved, boolean secret, boolean ring) {
    private static final int FIELDS = 6;
    private static final int HEX = 16;

    static AddressSpace parse(List<String> maps) {
        long reserved = 0;
        boolean secret = false;
        boolean ring = false;
        for (String line : maps) {
            String[] fields = line.split(" +", FIELDS);
            String[] range = fields[0].split("-", 2);
            if (fields[1].endsWith("p")) {
                reserved += Long.parseUnsignedLong(range[1], HEX) - Long.parseUnsignedLong(range[0], HEX);
            }
            String name = fields.length == FIELDS ? fields[FIELDS - 1] : "";
            secret |= name.startsWith("/secretmem");
            ring |= name.startsWith("anon_inode:[io_uring]");
        }
        return new AddressSpace(reserved, secret, ring);
    }
}
