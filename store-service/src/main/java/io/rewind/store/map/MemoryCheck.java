package io.rewind.store.map;

import io.rewind.event.StreamKind;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.tree.ItemTree;
import io.rewind.store.tree.NodeId;
import io.rewind.store.tree.Nodes;
import java.nio.charset.StandardCharsets;

/** Counts the pages of every space against what the capture counted. */
final class MemoryCheck {
    private String space = "";
    private long wanted;
    private long present;

    private MemoryCheck() {}

    /** @throws io.rewind.runtime.fault.Fault POINT_INCOMPLETE */
    static void check(Nodes nodes, NodeId root) {
        MemoryCheck check = new MemoryCheck();
        ItemTree.scan(nodes, root, StreamKey.start(StreamKind.MEMORY.ordinal()), check::see);
        check.close();
    }

    private boolean see(byte[] key, byte[] value) {
        if (key[0] != StreamKind.MEMORY.ordinal()) {
            return false;
        }
        if (StreamKey.segmentOf(key).isPresent()) {
            present += SegmentValue.present(value);
        } else {
            close();
            space = StandardCharsets.UTF_8.decode(StreamKey.read(key).name()).toString();
            wanted = Description.decode(value).getSize();
            present = 0;
        }
        return true;
    }

    private void close() {
        // A space of which nobody said how large it is has size 0.
        if (wanted != 0 && wanted != present) {
            throw StoreFault.POINT_INCOMPLETE.rejected(
                    "memory space " + space + " has " + present + " of " + wanted + " pages");
        }
    }
}
