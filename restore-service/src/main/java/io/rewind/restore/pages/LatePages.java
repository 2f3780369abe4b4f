package io.rewind.restore.pages;

import java.nio.ByteBuffer;

/** Memory that comes when it is asked for. */
public interface LatePages {
    /**
     * Waits until the pages are here and proved, and puts their content behind each other.
     *
     * @param space as in {@link io.rewind.criu.PageMap}
     * @throws io.rewind.runtime.fault.Fault when they will not come, or there are no such pages
     */
    void read(String space, long page, int count, ByteBuffer into);
}
