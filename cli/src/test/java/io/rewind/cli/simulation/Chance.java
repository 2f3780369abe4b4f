package io.rewind.cli.simulation;

import java.util.List;
import java.util.Random;

/** All that is left to chance, from one seed. */
final class Chance {
    private final Random random;
    private boolean calm;

    Chance(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> some) {
        return some.get(below(some.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Whether something goes wrong that does once in so many times. */
    boolean mishap(int times) {
        return below(times) == 0 && !calm;
    }

    /** From now on nothing goes wrong. */
    void calmDown() {
        calm = true;
    }
}
