import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints what rewind.points says, a line for each event, with Avro, the Kafka client and the published schemas alone:
 * java -cp 'lib/*' PointsFeed.java HOST:PORT SCHEMAS [--follow]
 */
public class PointsFeed {
    private static final String TOPIC = "rewind.points";
    private static final int HEADER = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    public static void main(String[] args) throws IOException {
        Map<Long, Schema> schemas = schemas(Path.of(args[1]));
        boolean follow = args.length > 2;
        Map<String, Object> settings = Map.of("bootstrap.servers", args[0]);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (follow || partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    print(record.value(), schemas);
                }
            }
        }
    }

    /** By fingerprint, which is in each file's name: NAME-FINGERPRINT.avsc, hexadecimal. */
    private static Map<Long, Schema> schemas(Path folder) throws IOException {
        Map<Long, Schema> schemas = new HashMap<>();
        try (var files = Files.newDirectoryStream(folder, "*.avsc")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String fingerprint = name.substring(name.lastIndexOf('-') + 1, name.lastIndexOf('.'));
                schemas.put(Long.parseUnsignedLong(fingerprint, 16), new Schema.Parser().parse(file.toFile()));
            }
        }
        return schemas;
    }

    /** C3 01, the fingerprint (8 bytes, little-endian), the body. */
    private static void print(byte[] value, Map<Long, Schema> schemas) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length < HEADER || in.getShort(0) != 0x01C3 || !schemas.containsKey(in.getLong(2))) {
            System.err.println("skipped: not a record of a schema at hand");
            return;
        }
        GenericRecord event = new GenericDatumReader<GenericRecord>(schemas.get(in.getLong(2)))
                .read(null, DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null));
        switch (event.getSchema().getName()) {
            case "PointCommitted" -> {
                GenericRecord header = (GenericRecord) event.get("header");
                System.out.println("committed " + header.get("name") + " " + header.get("point") + " "
                        + time(header.get("captured")) + " " + event.get("storedBytes"));
            }
            case "PointExpired" -> System.out.println("expired " + event.get("point") + " " + event.get("reason"));
            case "Gap" ->
                System.out.println("gap " + event.get("name") + " " + event.get("code") + " " + time(event.get("due")));
            default -> System.err.println("skipped: " + event.getSchema().getName());
        }
    }

    private static String time(Object micros) {
        return TIME.format(Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS));
    }
}
