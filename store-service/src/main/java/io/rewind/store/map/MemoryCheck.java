package io.rewind.store.map;

import io.rewind.event.StreamKind;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.layer.Layer;
import io.rewind.store.node.NodeId;
import io.rewind.store.node.Nodes;
import java.nio.charset.StandardCharsets;

/** Counts the pages of every space against what the capture counted. */
final class MemoryCheck implements Overlay.Visitor {
    private String space = "";
    private long wanted;
    private long present;

    private MemoryCheck() {}

    /** @throws io.rewind.runtime.fault.Fault POINT_INCOMPLETE */
    static void check(Nodes nodes, NodeId root) {
        MemoryCheck check = new MemoryCheck();
        Overlay.read(
                nodes,
                Layer.stack(nodes, root),
                StreamKey.start(StreamKind.MEMORY),
                StreamKey.end(StreamKind.MEMORY),
                check);
        check.close();
    }

    @Override
    public void stream(byte[] key, StreamEntry entry) {
        close();
        space = StandardCharsets.UTF_8.decode(StreamKey.read(key).name()).toString();
        wanted = entry.description()
                .map(bytes -> Description.decode(bytes).getSize())
                .orElse(0L);
        present = 0;
    }

    @Override
    public void segment(byte[] key, long number, Segment segment) {
        present += segment.present();
    }

    private void close() {
        // A space of which nobody said how large it is has size 0.
        if (wanted != 0 && wanted != present) {
            throw StoreFault.POINT_INCOMPLETE.rejected(
                    "memory space " + space + " has " + present + " of " + wanted + " pages");
        }
    }
}
