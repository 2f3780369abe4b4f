package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.event.Gap;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointExpired;
import io.rewind.schemas.wire.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The programs of docs/feed, as a stranger runs them: without a class of ours. */
final class FeedPrograms {
    private static final String SCHEMAS = "../schemas/src/main/resources/published";
    private static final Pattern LIBRARIES = Pattern.compile(
            "(avro|kafka-clients|jackson-[a-z]+|slf4j-api|commons-[a-z0-9]+|lz4-java|snappy-java|zstd-jni)-[0-9].*");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private FeedPrograms() {}

    static Set<String> java(String bootstrap) throws IOException, InterruptedException {
        String classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""))
                                .split(File.pathSeparator))
                .filter(entry -> LIBRARIES
                        .matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).contains("avro", "kafka-clients");
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "../docs/feed/PointsFeed.java",
                bootstrap,
                SCHEMAS);
    }

    static Set<String> python(String bootstrap) throws IOException, InterruptedException {
        return run("/usr/bin/python3", "../docs/feed/points_feed.py", bootstrap, SCHEMAS);
    }

    private static Set<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return said.lines().collect(Collectors.toCollection(TreeSet::new));
    }

    /** The lines that these records are, by our own codec. */
    static Set<String> expected(List<byte[]> records) {
        return records.stream()
                .map(value -> switch (Wire.decode(value)) {
                    case PointCommitted point ->
                        "committed " + point.getHeader().getName() + " "
                                + point.getHeader().getPoint() + " "
                                + time(point.getHeader().getCaptured()) + " " + point.getStoredBytes();
                    case PointExpired point -> "expired " + point.getPoint() + " " + point.getReason();
                    case Gap gap -> "gap " + gap.getName() + " " + gap.getCode() + " " + time(gap.getDue());
                    default -> throw Wire.unexpected(Wire.decode(value));
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
