package io.rewind.benchmarks.content;

import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import io.rewind.schemas.content.Block;
import java.util.List;

/** A dictionary for zstd, as its own trainer makes it. */
final class Dictionary {
    /** What zstd's command line makes by default. */
    private static final int SIZE = 110 << 10;
    /** zstd advises some hundred times the dictionary. */
    private static final int SAMPLES = 100 * SIZE;

    private Dictionary() {}

    /** From blocks spread evenly over these; empty when the trainer finds too little in them. */
    static byte[] train(List<byte[]> blocks) {
        ZstdDictTrainer trainer = new ZstdDictTrainer(SAMPLES, SIZE);
        int step = Math.max(1, Math.ceilDiv(blocks.size(), SAMPLES / Block.SIZE));
        for (int i = 0; i < blocks.size(); i += step) {
            var _ = trainer.addSample(blocks.get(i));
        }
        try {
            return trainer.trainSamples();
        } catch (ZstdException tooLittle) {
            return new byte[0];
        }
    }
}
