package io.rewind.store.node;

/** Takes new content. Content that is there already costs nothing. */
public interface NodeSink extends Nodes {
    NodeId put(byte[] content);
}
