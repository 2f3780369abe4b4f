package io.rewind.criu;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Splits one protobuf message into the numbers we know and the bytes we do not. Generated classes would do the same
 * with an object per unknown field, which lets a small hostile record fill the heap.
 */
final class Wire {
    private Wire() {}

    /** Takes the value of one field whose wire type is varint. */
    @FunctionalInterface
    interface Numbers {
        void number(int field, long value) throws IOException;
    }

    /**
     * Hands over every field numbered 1 to {@code known}, all of them varints.
     *
     * @return the bytes of all other fields, tags included, in their order
     * @throws IOException when the bytes are no message, or a known field is no varint
     */
    static ByteString read(byte[] message, int known, Numbers numbers) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        ByteArrayOutputStream unknown = new ByteArrayOutputStream(0);
        while (true) {
            int start = in.getTotalBytesRead();
            int tag = in.readTag();
            if (tag == 0) {
                return ByteString.copyFrom(unknown.toByteArray());
            }
            int field = WireFormat.getTagFieldNumber(tag);
            if (field <= known) {
                if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_VARINT) {
                    throw new IOException("field " + field + " is not a number");
                }
                numbers.number(field, in.readUInt64());
            } else if (in.skipField(tag)) {
                unknown.write(message, start, in.getTotalBytesRead() - start);
            } else {
                throw new IOException("a group ends that did not begin");
            }
        }
    }
}
