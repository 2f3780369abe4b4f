package io.rewind.store.node;

/** Content by its hash. */
public interface Nodes {
    /** @throws io.rewind.runtime.fault.Fault STORE_DAMAGED when it is missing or not what its id says */
    byte[] get(NodeId id);
}
