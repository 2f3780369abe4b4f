package io.rewind.schemas.log;

import java.util.Optional;
import org.slf4j.MDC;

/** What the log lines of this thread are about, until closed: the keys {@code timeline} and {@code point}. */
public final class LogSubject implements AutoCloseable {
    private static final String TIMELINE = "timeline";
    private static final String POINT = "point";

    private final Optional<String> timelineBefore = Optional.ofNullable(MDC.get(TIMELINE));
    private final Optional<String> pointBefore = Optional.ofNullable(MDC.get(POINT));

    private LogSubject(String timeline, Optional<String> point) {
        MDC.put(TIMELINE, timeline);
        set(POINT, point);
    }

    public static LogSubject timeline(String timeline) {
        return new LogSubject(timeline, Optional.empty());
    }

    public static LogSubject point(String timeline, String point) {
        return new LogSubject(timeline, Optional.of(point));
    }

    @Override
    public void close() {
        set(TIMELINE, timelineBefore);
        set(POINT, pointBefore);
    }

    private static void set(String key, Optional<String> value) {
        value.ifPresentOrElse(text -> MDC.put(key, text), () -> MDC.remove(key));
    }
}
