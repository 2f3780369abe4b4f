package io.rewind.capture.publish;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether Kafka takes records, as far as the last one who tried knows. While it does not, no container is frozen: what
 * would be read could not be sent. Gaps go on being sent, and the first that arrives ends it. Shared, thread-safe.
 */
public final class Outage {
    private final AtomicBoolean lasts = new AtomicBoolean();

    public boolean lasts() {
        return lasts.get();
    }

    public void begins() {
        lasts.set(true);
    }

    public void ends() {
        lasts.set(false);
    }
}
