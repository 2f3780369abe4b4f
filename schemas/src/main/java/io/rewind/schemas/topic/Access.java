package io.rewind.schemas.topic;

import io.rewind.runtime.kafka.Right;
import java.util.ArrayList;
import java.util.List;

/** Who reads and writes which topic: all that a cluster need allow each program. security/acls.txt is made of it. */
public enum Access {
    AGENT,
    ENCODER,
    STORE,
    RESTORE,
    CLI;

    public static final String STORE_GROUP = "rewind-store";
    /** The consumer group of a restore service goes on with its host. */
    public static final String RESTORE_GROUPS = "rewind-restore-";
    /** All restore services, for requests that name no host; no host's group is called so. */
    public static final String UNADDRESSED_GROUP = "rewind-restore.any";

    private List<String> reads() {
        return switch (this) {
            case AGENT -> List.of(Topics.CONTROL);
            case ENCODER -> List.of(Topics.CAPTURE, Topics.CONTROL);
            case STORE -> List.of(Topics.CHUNKS, Topics.POINTS);
            case RESTORE -> List.of(Topics.RESTORE_REQUESTS, Topics.CONTROL, Topics.POINTS);
            case CLI -> List.of(Topics.CONTROL, Topics.POINTS, Topics.RESTORE_RESULTS);
        };
    }

    private List<String> writes() {
        return switch (this) {
            case AGENT -> List.of(Topics.CAPTURE, Topics.CONTROL, Topics.DEADLETTER);
            case ENCODER -> List.of(Topics.CHUNKS, Topics.CONTROL, Topics.DEADLETTER);
            case STORE -> List.of(Topics.POINTS, Topics.CONTROL, Topics.DEADLETTER);
            case RESTORE -> List.of(Topics.RESTORE_REQUESTS, Topics.RESTORE_RESULTS, Topics.CONTROL, Topics.DEADLETTER);
            case CLI -> List.of(Topics.CONTROL, Topics.RESTORE_REQUESTS);
        };
    }

    /** On topics, and as a member of these groups. */
    public List<Right> rights(String... groups) {
        List<Right> rights = new ArrayList<>();
        reads().forEach(topic -> rights.add(Right.read(topic)));
        writes().forEach(topic -> rights.add(Right.write(topic)));
        for (String group : groups) {
            rights.add(Right.group(group));
        }
        return rights;
    }
}
