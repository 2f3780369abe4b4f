package io.rewind.restore.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.restore.code.RestoreCode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked as CRIU's daemon asks. */
@SuppressWarnings("NullAway.Init")
class PageServerTest {
    private static final int MOST = 64;

    private final AtomicReference<ProcessHandle> allowed = new AtomicReference<>(ProcessHandle.current());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final PageServer server =
            PageServer.open(this::read, () -> Stream.of(allowed.get()), () -> asked.add("kill"));

    /** Each page is filled with the lowest byte of its number; those from 1000 on do not come. */
    private void read(String space, long page, int count, ByteBuffer into) {
        asked.add(space + " " + page + " " + count);
        for (long p = page; p < page + count; p++) {
            if (p >= 1000) {
                throw RestoreCode.STORE_UNREACHABLE.because("The store went away.");
            }
            byte[] content = new byte[4096];
            Arrays.fill(content, (byte) p);
            into.put(content);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Of the family that CRIU uses. */
    private Socket connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        channel.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
        return channel.socket();
    }

    private static void ask(Socket socket, int command, long pages, long address) throws IOException {
        ByteBuffer question = ByteBuffer.allocate(PageMessage.BYTES);
        new PageMessage(command, pages, address, 17).write(question);
        socket.getOutputStream().write(question.array());
    }

    private static PageMessage head(DataInputStream in) throws IOException {
        byte[] head = new byte[PageMessage.BYTES];
        in.readFully(head);
        return PageMessage.read(ByteBuffer.wrap(head));
    }

    /** Whoever is refused may see a reset instead of the end. */
    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aMessageLiesAsCriuLaysIt() {
        ByteBuffer bytes = ByteBuffer.allocate(PageMessage.BYTES);
        new PageMessage(PageMessage.GET, 3, 0x7f0012345000L, 17).answer(2).write(bytes);

        assertThat(HexFormat.of().formatHex(bytes.array()))
                .isEqualTo("0600040000000000" + "0200000000000000" + "00503412007f0000" + "1100000000000000");
        assertThat(PageMessage.read(bytes.flip())).isEqualTo(new PageMessage(0x40006, 2, 0x7f0012345000L, 17));
    }

    @Test
    void questionsAreAnsweredInOrderLargeOnesInPartAndTheEndIsConfirmed() throws IOException {
        try (Socket daemon = connect()) {
            ask(daemon, PageMessage.GET, 1000, 4096 * 5L);
            ask(daemon, PageMessage.GET, 1, 4096 * 700L);
            ask(daemon, PageMessage.CLOSE, 0, 0);
            DataInputStream in = new DataInputStream(daemon.getInputStream());

            assertThat(head(in)).isEqualTo(new PageMessage(PageMessage.PAGES, MOST, 4096 * 5L, 17));
            for (int page = 5; page < 5 + MOST; page++) {
                byte[] content = in.readNBytes(4096);
                assertThat(content).hasSize(4096).containsOnly(page);
            }
            assertThat(head(in)).isEqualTo(new PageMessage(PageMessage.PAGES, 1, 4096 * 700L, 17));
            assertThat(in.readNBytes(4096)).containsOnly((byte) 700);
            assertThat(in.readInt()).isZero();
            assertThat(isClosed(daemon)).isTrue();
        }
        assertThat(asked).containsExactly("17 5 64", "17 700 1");
    }

    @Test
    void nobodyButTheDaemonGetsAPageAndTheDaemonMayComeAfterOthers() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            allowed.set(other.toHandle());
            try (Socket stranger = connect()) {
                ask(stranger, PageMessage.GET, 1, 4096);
                assertThat(isClosed(stranger)).isTrue();
            }
            allowed.set(ProcessHandle.current());
            try (Socket daemon = connect()) {
                ask(daemon, PageMessage.GET, 1, 4096 * 2L);
                assertThat(head(new DataInputStream(daemon.getInputStream())).address())
                        .isEqualTo(4096 * 2L);
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(asked).startsWith("17 2 1").doesNotContain("17 1 1");
    }

    @ParameterizedTest
    @CsvSource({"7, 1, 4096000", "7, 0, 4096", "7, 1, 4097", "7, 1, -4096", "6, 1, 4096"})
    void whatDoesNotComeAndWhatNobodyMayAskEndsTheConnection(int command, long pages, long address) throws IOException {
        try (Socket daemon = connect()) {
            ask(daemon, command, pages, address);
            assertThat(isClosed(daemon)).isTrue();
            assertThat(asked).as("before the connection is lost").last().isEqualTo("kill");
        }
    }

    @Test
    void aDaemonThatWaitsForNothingLosesItsConnectionToo() throws IOException {
        try (Socket daemon = connect()) {
            ask(daemon, PageMessage.GET, 1, 4096);
            DataInputStream in = new DataInputStream(daemon.getInputStream());
            head(in);
            assertThat(in.readNBytes(4096)).hasSize(4096);

            server.fail();

            assertThat(isClosed(daemon)).isTrue();
            assertThat(asked).containsExactly("17 1 1", "kill");
        }
    }
}
