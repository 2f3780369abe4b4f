package io.rewind.store.read;

import io.rewind.read.UnlikePages;
import io.rewind.store.map.Unlike;
import java.util.function.Consumer;

/** Turns stretches of pages into messages of bounded size. For one thread. */
final class UnlikeSteps implements Unlike.Taker {
    private static final int MOST = 32 << 10;

    private final Consumer<UnlikePages> out;
    private final UnlikePages.Builder part = UnlikePages.newBuilder();
    private long at;

    UnlikeSteps(Consumer<UnlikePages> out) {
        this.out = out;
    }

    @Override
    public void pages(String space, long first, long end) {
        if (!space.equals(part.getSpace())) {
            end();
            part.setSpace(space);
            at = 0;
        } else if (part.getStepsCount() >= MOST) {
            end();
        }
        part.addSteps(first - at).addSteps(end - first);
        at = end;
    }

    /** Nothing comes any more. */
    void end() {
        if (part.getStepsCount() > 0) {
            out.accept(part.build());
            part.clearSteps();
        }
    }
}
