package io.rewind.store.layer;

/** A key and its value. Not written to. */
@SuppressWarnings("ArrayRecordComponent")
record Item(byte[] key, byte[] value) {
    int size() {
        return key.length + value.length;
    }
}
