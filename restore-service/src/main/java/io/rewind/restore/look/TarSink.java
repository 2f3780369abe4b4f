package io.rewind.restore.look;

import io.rewind.event.FileMeta;
import io.rewind.event.FileType;
import io.rewind.event.StreamChange;
import java.io.IOException;
import java.io.OutputStream;

/** Writes entries as a tar archive; holes become zeros. Leaves out what is no file, directory or link. */
public final class TarSink implements StreamSink {
    private static final byte[] ZEROS = new byte[64 << 10];

    private final OutputStream out;
    private final Spot spot;
    private final byte[] top;
    private long leftOut;
    private long written;

    /**
     * @param out stays the caller's
     * @param top what the archive calls the spot; empty: what lies in it comes without a folder around
     */
    public TarSink(OutputStream out, Spot spot, byte[] top) {
        this.out = out;
        this.spot = spot;
        this.top = top.clone();
    }

    public long leftOut() {
        return leftOut;
    }

    @Override
    public void begin(StreamChange stream) {
        Entry entry = Entry.of(stream);
        byte[] path = spot.under(top, entry.path());
        FileMeta meta = entry.meta();
        written = 0;
        boolean kept = meta.getType() == FileType.FILE
                || meta.getType() == FileType.DIRECTORY
                || meta.getType() == FileType.SYMLINK;
        if (!kept || path.length == 0) {
            leftOut += kept ? 0 : 1;
            return;
        }
        header(TarHeader.of(path, meta));
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
            written += length;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void hole(long length) {
        for (long left = length; left > 0; left -= ZEROS.length) {
            content(ZEROS, 0, (int) Math.min(ZEROS.length, left));
        }
    }

    @Override
    public void end() {
        hole(TarHeader.padding(written));
        written = 0;
    }

    /** The archive's own end. */
    public void finish() {
        header(new byte[2 * TarHeader.BLOCK]);
        try {
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void header(byte[] bytes) {
        content(bytes, 0, bytes.length);
        written = 0;
    }

    private static RuntimeException failed(IOException e) {
        return LookFault.TARGET_FAILED.because("The archive cannot be written: " + e.getMessage() + ".", e);
    }
}
