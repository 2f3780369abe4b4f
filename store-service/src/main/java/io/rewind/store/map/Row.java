package io.rewind.store.map;

/** Blocks of a segment that lie side by side in one chunk, or are all zero, or all absent. */
record Row(int first, int count, Place place) {
    /** The block after it. */
    int end() {
        return first + count;
    }

    Row part(int from, int to) {
        return from == first && to == end() ? this : new Row(from, to - from, place.next(from - first));
    }

    boolean goesOnIn(Row next) {
        return end() == next.first && place.next(count).equals(next.place);
    }
}
