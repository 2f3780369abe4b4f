package io.rewind.schemas.wire;

import io.rewind.event.*;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The codec of everything that travels on a topic.
 *
 * <pre>
 *   C3 01   marker
 *   u64le   CRC-64-AVRO fingerprint of the writer's schema
 *   ...     the record, Avro binary
 * </pre>
 *
 * Thread-safe. See the Avro specification, "Single-object encoding".
 */
public final class Wire {
    /** Most bytes of an encoded record: Kafka's default limit of 1 MiB less room for its own framing. */
    public static final int MAX_RECORD = (1 << 20) - (8 << 10);

    /** Bytes of content that fit beside a record's other fields. */
    public static final int MAX_CONTENT = 896 << 10;

    private static final int HEADER = 10;

    /** Every kind of record that may stand alone on a topic. */
    private static final List<Schema> CURRENT = List.of(
            PointOpened.getClassSchema(),
            PageDelta.getClassSchema(),
            OverlayChange.getClassSchema(),
            VolumeChange.getClassSchema(),
            ProcessImage.getClassSchema(),
            PointSealed.getClassSchema(),
            CaptureGap.getClassSchema(),
            ChunkRecord.getClassSchema(),
            StreamChange.getClassSchema(),
            PointMapPart.getClassSchema(),
            PointRecord.getClassSchema(),
            PointCommitted.getClassSchema(),
            PointExpired.getClassSchema(),
            Gap.getClassSchema(),
            RestoreRequested.getClassSchema(),
            RestoreProgress.getClassSchema(),
            Watch.getClassSchema(),
            Unwatch.getClassSchema(),
            CaptureNow.getClassSchema(),
            Rebase.getClassSchema(),
            Branch.getClassSchema(),
            ServiceAnnounced.getClassSchema(),
            PreflightRequested.getClassSchema(),
            PreflightAnswered.getClassSchema(),
            DeadLetter.getClassSchema());

    private static final Wire INSTANCE = new Wire();

    private final Map<Long, BinaryMessageDecoder<SpecificRecord>> decoders = new HashMap<>();

    /** By schema name: making one computes the schema's fingerprint, which takes longer than a small record. */
    private final Map<String, BinaryMessageEncoder<SpecificRecord>> encoders = new HashMap<>();

    private Wire() {
        CURRENT.forEach(schema -> learn(schema, schema));
        CURRENT.forEach(schema -> encoders.put(schema.getFullName(), encoder(schema)));
        Map<String, Schema> byName = new HashMap<>();
        CURRENT.forEach(schema -> byName.put(schema.getFullName(), schema));
        for (Schema old : PublishedSchemas.all()) {
            Schema now = byName.get(old.getFullName());
            if (now != null) {
                learn(old, now);
            }
        }
    }

    private static BinaryMessageEncoder<SpecificRecord> encoder(Schema schema) {
        return new BinaryMessageEncoder<>(SpecificData.getForSchema(schema), schema);
    }

    private void learn(Schema writer, Schema reader) {
        decoders.computeIfAbsent(SchemaNormalization.parsingFingerprint64(writer), fingerprint -> {
            BinaryMessageDecoder<SpecificRecord> decoder =
                    new BinaryMessageDecoder<>(SpecificData.getForSchema(reader), reader);
            decoder.addSchema(writer);
            return decoder;
        });
    }

    /** Schemas of every kind of record, as this version writes them. */
    public static List<Schema> currentSchemas() {
        return CURRENT;
    }

    /** @throws Fault FATAL when the record would not fit through Kafka: a bug of the stage that made it. */
    public static byte[] encode(SpecificRecord record) {
        try {
            Schema schema = record.getSchema();
            BinaryMessageEncoder<SpecificRecord> known = INSTANCE.encoders.get(schema.getFullName());
            // The encoder wraps an array of its own, just as long as the record.
            byte[] bytes =
                    (known != null ? known : encoder(schema)).encode(record).array();
            if (bytes.length > MAX_RECORD) {
                throw new Fault(
                        WireFault.RECORD_TOO_LARGE,
                        Severity.FATAL,
                        record.getSchema().getName() + " of " + bytes.length + " bytes is above " + MAX_RECORD);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Fault REJECTED when the bytes are none of our records. */
    public static SpecificRecord decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != (byte) 0xC3 || bytes[1] != 1) {
            throw new Fault(WireFault.FOREIGN_RECORD, Severity.REJECTED, "not a record of Rewind");
        }
        long fingerprint = Long.reverseBytes(ByteBuffer.wrap(bytes).getLong(2));
        BinaryMessageDecoder<SpecificRecord> decoder = INSTANCE.decoders.get(fingerprint);
        if (decoder == null) {
            throw new Fault(
                    WireFault.UNKNOWN_SCHEMA,
                    Severity.REJECTED,
                    "schema " + Long.toHexString(fingerprint) + " is not known to this version");
        }
        try {
            return decoder.decode(bytes);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new Fault(WireFault.DAMAGED_RECORD, Severity.REJECTED, "damaged record: " + e.getMessage(), e);
        } catch (OutOfMemoryError | ClassCastException | IllegalArgumentException e) {
            // Avro trusts the lengths it reads; a damaged one can ask for any amount.
            throw new Fault(WireFault.DAMAGED_RECORD, Severity.REJECTED, "damaged record: " + e.getMessage(), e);
        }
    }

    /** @throws Fault REJECTED for a record of another kind, as well. */
    public static <T extends SpecificRecord> T decode(byte[] bytes, Class<T> kind) {
        SpecificRecord record = decode(bytes);
        if (!kind.isInstance(record)) {
            throw unexpected(record);
        }
        return kind.cast(record);
    }

    /** The fault for a record that has no place where it was found. */
    public static Fault unexpected(SpecificRecord record) {
        return new Fault(
                WireFault.UNEXPECTED_RECORD,
                Severity.REJECTED,
                record.getSchema().getName() + " has no place on this topic");
    }
}
