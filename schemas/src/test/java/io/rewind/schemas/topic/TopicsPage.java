package io.rewind.schemas.topic;

import io.rewind.event.Branch;
import io.rewind.event.CaptureGap;
import io.rewind.event.CaptureNow;
import io.rewind.event.ChunkRecord;
import io.rewind.event.DeadLetter;
import io.rewind.event.Gap;
import io.rewind.event.OverlayChange;
import io.rewind.event.PageDelta;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointExpired;
import io.rewind.event.PointMapPart;
import io.rewind.event.PointOpened;
import io.rewind.event.PointRecord;
import io.rewind.event.PointSealed;
import io.rewind.event.PreflightAnswered;
import io.rewind.event.PreflightRequested;
import io.rewind.event.ProcessImage;
import io.rewind.event.Rebase;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreRequested;
import io.rewind.event.ServiceAnnounced;
import io.rewind.event.Unwatch;
import io.rewind.event.VolumeChange;
import io.rewind.event.Watch;
import io.rewind.runtime.kafka.TopicSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** docs/topics.md, made of {@link Topics} and the schemas. */
record TopicsPage(List<Entry> entries) {
    private static final String HEAD = """
            # Topics

            Generated from the code; CONTRIBUTING.md says how.

            Every value is an Avro record in single-object encoding: the bytes `C3 01`, the schema's fingerprint (8 bytes,
            little-endian), the body. Each schema that was ever written is published as
            `schemas/src/main/resources/published/NAME-FINGERPRINT.avsc`. Keys are UTF-8 text. A timeline's records share
            their key and so their partition and their order. Topics that carry timelines have
            `rewind.kafka.topics.partitions` partitions, the others one.
            """;

    /** What Topics does not say: whose key, what for, which records. */
    record Entry(String topic, String key, String purpose, List<Schema> records) {}

    static TopicsPage standard() {
        return new TopicsPage(List.of(
                new Entry(
                        Topics.CAPTURE,
                        "timeline id",
                        "What agents captured, raw.",
                        List.of(
                                PointOpened.getClassSchema(),
                                ProcessImage.getClassSchema(),
                                PageDelta.getClassSchema(),
                                OverlayChange.getClassSchema(),
                                VolumeChange.getClassSchema(),
                                PointSealed.getClassSchema(),
                                CaptureGap.getClassSchema())),
                new Entry(
                        Topics.CHUNKS,
                        "timeline id",
                        "The same without its repetition; gaps are passed on.",
                        List.of(
                                ChunkRecord.getClassSchema(),
                                PointMapPart.getClassSchema(),
                                PointRecord.getClassSchema(),
                                CaptureGap.getClassSchema())),
                new Entry(
                        Topics.POINTS,
                        "timeline id",
                        "The feed for consumers of any kind: what can be restored, and what cannot. See [feed](feed.md).",
                        List.of(PointCommitted.getClassSchema(), PointExpired.getClassSchema(), Gap.getClassSchema())),
                new Entry(
                        Topics.RESTORE_REQUESTS,
                        "request id",
                        "Restores that somebody wants.",
                        List.of(RestoreRequested.getClassSchema())),
                new Entry(
                        Topics.RESTORE_RESULTS,
                        "request id",
                        "How they go and end.",
                        List.of(RestoreProgress.getClassSchema())),
                new Entry(
                        Topics.CONTROL,
                        "`watch/HOST/CONTAINER`, `capture/HOST/CONTAINER`, `rebase/TIMELINE`, `branch/TIMELINE`,"
                                + " `service/SERVICE/INSTANCE`, `preflight/HOST/CONTAINER`, `findings/HOST/CONTAINER`",
                        "What people and stages tell agents and each other; an empty host is whichever has the container.",
                        List.of(
                                Watch.getClassSchema(),
                                Unwatch.getClassSchema(),
                                CaptureNow.getClassSchema(),
                                Rebase.getClassSchema(),
                                Branch.getClassSchema(),
                                ServiceAnnounced.getClassSchema(),
                                PreflightRequested.getClassSchema(),
                                PreflightAnswered.getClassSchema())),
                new Entry(
                        Topics.DEADLETTER,
                        "`TOPIC-PARTITION` it was read from",
                        "Records that could not be read or did not fit, with the reason.",
                        List.of(DeadLetter.getClassSchema()))));
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        Map<String, TopicSpec> specs = Topics.all(2).stream().collect(Collectors.toMap(TopicSpec::name, spec -> spec));
        text.append("\n| topic | key | partitions | kept | what |\n|---|---|---|---|---|\n");
        for (Entry entry : entries) {
            TopicSpec spec = Optional.ofNullable(specs.get(entry.topic)).orElseThrow();
            row(
                    text,
                    "`" + entry.topic + "`",
                    entry.key,
                    spec.partitions() > 1 ? "as configured" : "1",
                    spec.retention().map(TopicsPage::time).orElse("newest of each key"),
                    entry.purpose);
        }
        Map<String, Schema> shared = new LinkedHashMap<>();
        for (Entry entry : entries) {
            text.append("\n## ").append(entry.topic).append("\n");
            entry.records.forEach(record -> describe(record, text, shared));
        }
        text.append("\n## Pieces of several records\n");
        Map<String, Schema> told = new LinkedHashMap<>();
        while (!told.keySet().containsAll(shared.keySet())) {
            Map<String, Schema> next = new LinkedHashMap<>(shared);
            next.keySet().removeAll(told.keySet());
            next.values().forEach(piece -> describe(piece, text, shared));
            told.putAll(next);
        }
        return text.toString();
    }

    private static void describe(Schema schema, StringBuilder text, Map<String, Schema> shared) {
        text.append("\n### ").append(schema.getName()).append("\n\n");
        Optional.ofNullable(schema.getDoc())
                .ifPresent(doc -> text.append(line(doc)).append("\n\n"));
        if (schema.getType() == Schema.Type.ENUM) {
            text.append("One of ")
                    .append(String.join(", ", schema.getEnumSymbols()))
                    .append(".\n");
            return;
        }
        text.append("| field | type | |\n|---|---|---|\n");
        for (Schema.Field field : schema.getFields()) {
            row(
                    text,
                    "`" + field.name() + "`",
                    type(field.schema(), shared),
                    line(Optional.ofNullable(field.doc()).orElse("")));
        }
    }

    private static String type(Schema schema, Map<String, Schema> shared) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream().map(each -> type(each, shared)).collect(Collectors.joining(" or "));
            case ARRAY -> "list of " + type(schema.getElementType(), shared);
            case RECORD, ENUM -> {
                shared.putIfAbsent(schema.getName(), schema);
                yield schema.getName();
            }
            case LONG -> schema.getLogicalType() == null ? "long" : "long, microseconds since 1970";
            default -> schema.getName();
        };
    }

    private static String time(Duration kept) {
        return kept.toHours() <= 48 ? kept.toHours() + " hours" : kept.toDays() + " days";
    }

    private static String line(String doc) {
        return doc.replaceAll("\\s+", " ").strip();
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ")
                .append(String.join(
                        " | ",
                        List.of(cells).stream().map(c -> c.replace("|", "\\|")).toList()))
                .append(" |\n");
    }
}
