package io.rewind.benchmarks.subject;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Speaks to a redis. Each call is a connection of its own, which the server has closed
 * when the call returns: no dump meets it.
 */
public final class RedisClient {
    private static final int PORT = 6379;
    /** About 110 MB of redis's memory with their values. */
    public static final int KEYS = 450_000;

    private static final int BATCH = 10_000;
    private static final int MILLIS = 30_000;
    private static final String MARK = "rewind-bench-point";

    private RedisClient() {}

    /** Every key once. */
    public static void fill(String address, RandomGenerator random) {
        for (int first = 0; first < KEYS; first += BATCH) {
            List<byte[]> commands = new ArrayList<>();
            for (int i = first; i < Math.min(KEYS, first + BATCH); i++) {
                commands.add(command(ascii("SET"), key(i), record(random)));
            }
            talk(address, commands);
        }
    }

    /** Sets random keys of those there are. */
    public static void write(String address, int sets, RandomGenerator random) {
        List<byte[]> commands = new ArrayList<>();
        for (int i = 0; i < sets; i++) {
            commands.add(command(ascii("SET"), key(random.nextInt(KEYS)), record(random)));
        }
        talk(address, commands);
    }

    /** As a web application keeps of a visitor: always of one form, with numbers that nobody can guess. */
    private static byte[] record(RandomGenerator random) {
        return ascii(String.format(
                Locale.ROOT,
                "{\"user\":%06d,\"visits\":%05d,\"seen\":%010d,\"state\":\"active\",\"lang\":\"en\",\"cart\":[%04d,%04d]}",
                random.nextInt(1_000_000),
                random.nextInt(100_000),
                random.nextLong(10_000_000_000L),
                random.nextInt(10_000),
                random.nextInt(10_000)));
    }

    public static void mark(String address, int point) {
        talk(address, List.of(command(ascii("SET"), ascii(MARK), ascii(Integer.toString(point)))));
    }

    public static String marked(String address) {
        return new String(
                talk(address, List.of(command(ascii("GET"), ascii(MARK)))).getFirst(), StandardCharsets.US_ASCII);
    }

    /** How many there are. */
    public static long keys(String address) {
        byte[] said = talk(address, List.of(command(ascii("DBSIZE")))).getFirst();
        return Long.parseLong(new String(said, StandardCharsets.US_ASCII).substring(1));
    }

    /** Takes all keys away, as who should not does. */
    public static void flush(String address) {
        talk(address, List.of(command(ascii("FLUSHALL"))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] key(int number) {
        String digits = Integer.toString(number);
        return ascii("key:" + "0".repeat(12 - digits.length()) + digits);
    }

    /** RESP: an array of bulk strings. */
    static byte[] command(byte[]... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("*" + words.length + "\r\n"));
        for (byte[] word : words) {
            out.writeBytes(ascii("$" + word.length + "\r\n"));
            out.writeBytes(word);
            out.writeBytes(ascii("\r\n"));
        }
        return out.toByteArray();
    }

    /** One answer of RESP 2: a line, or a bulk string, empty where there is none. */
    static byte[] answer(InputStream in) throws IOException {
        String line = line(in);
        if (line.startsWith("-")) {
            throw new IOException("redis says " + line);
        }
        if (!line.startsWith("$")) {
            return ascii(line);
        }
        int length = Integer.parseInt(line.substring(1));
        if (length < 0) {
            return new byte[0];
        }
        byte[] bulk = in.readNBytes(length);
        in.skipNBytes(2);
        return bulk;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("redis hung up");
            }
            line.append((char) c);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    private static List<byte[]> talk(String address, List<byte[]> commands) {
        try (Socket socket = new Socket(address, PORT)) {
            socket.setSoTimeout(MILLIS);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            commands.forEach(all::writeBytes);
            all.writeBytes(ascii("QUIT\r\n"));
            socket.getOutputStream().write(all.toByteArray());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            List<byte[]> answers = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                answers.add(answer(in));
            }
            // The answer to QUIT, and the end.
            in.readAllBytes();
            return answers;
        } catch (IOException e) {
            throw new Fault(
                    BenchFault.SUBJECT_SILENT, Severity.REJECTED, "redis at " + address + ": " + e.getMessage(), e);
        }
    }
}
