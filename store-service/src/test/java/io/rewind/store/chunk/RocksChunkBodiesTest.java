package io.rewind.store.chunk;

import java.nio.file.Path;

class RocksChunkBodiesTest extends ChunkBodiesContract {
    @Override
    ChunkBodies open(Path folder) {
        return new RocksChunkBodies();
    }
}
