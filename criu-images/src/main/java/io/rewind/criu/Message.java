package io.rewind.criu;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** One protobuf message, field by field; for messages with others inside. {@link Wire} reads those of numbers alone. */
final class Message {
    private Message() {}

    interface Visitor {
        /** A varint or a number of fixed width. */
        default void number(int field, long value) throws IOException {}

        /** A string, bytes or a message. */
        default void bytes(int field, ByteString value) throws IOException {}
    }

    /** @throws IOException when the bytes are no message */
    static void read(ByteString message, Visitor visitor) throws IOException {
        CodedInputStream in = message.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> visitor.number(field, in.readUInt64());
                case WireFormat.WIRETYPE_FIXED64 -> visitor.number(field, in.readFixed64());
                case WireFormat.WIRETYPE_FIXED32 -> visitor.number(field, in.readFixed32());
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> visitor.bytes(field, in.readBytes());
                default -> throw new IOException("a group, which no image has");
            }
        }
    }

    /** The numbers of a message by field, 0 where there is none; later ones of a field win. */
    static long[] numbers(ByteString message, int highest) throws IOException {
        long[] numbers = new long[highest + 1];
        read(message, new Visitor() {
            @Override
            public void number(int field, long value) {
                if (field <= highest) {
                    numbers[field] = value;
                }
            }
        });
        return numbers;
    }

    /** The records of an image, each as a message. */
    static void each(RecordReader records, Each each) {
        try {
            for (var next = records.next(); next.isPresent(); next = records.next()) {
                each.accept(ByteString.copyFrom(next.get()));
            }
        } catch (IOException e) {
            throw records.damaged("has a record that cannot be read");
        }
    }

    @FunctionalInterface
    interface Each {
        void accept(ByteString message) throws IOException;
    }
}
