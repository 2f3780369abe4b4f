package io.rewind.store.tree;

/** Takes new content. Content that is there already costs nothing. */
public interface NodeSink extends Nodes {
    NodeId put(byte[] content);
}
