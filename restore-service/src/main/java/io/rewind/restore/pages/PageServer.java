package io.rewind.restore.pages;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.process.PageRanges;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one lazy-pages daemon from this host's loopback. What has failed once is over: the daemon loses its connection and
 * ends, and the runtime kills what processes are left; they could read zeros by then.
 */
public final class PageServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PageServer.class);

    /** Of one answer: a page that is waited for may have to wait for such a one that is not. */
    private static final int MOST_PAGES = 64;

    /** Ports below are those of well-known services. */
    private static final int FIRST_RESERVED = 512;

    private static final int RESERVED = 512;

    private final LatePages pages;
    private final Supplier<Stream<ProcessHandle>> allowed;
    private final Runnable beforeLoss;
    private final ServerSocketChannel listening;
    private final InetSocketAddress address;
    private final ByteBuffer head = ByteBuffer.allocateDirect(PageMessage.BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(PageMessage.BYTES + MOST_PAGES * PageRanges.PAGE);
    private final Thread thread;
    /** Once it has been accepted; with the monitor. */
    private Optional<SocketChannel> connection = Optional.empty();

    private boolean closed;

    private PageServer(LatePages pages, Supplier<Stream<ProcessHandle>> allowed, Runnable beforeLoss)
            throws IOException {
        this.pages = pages;
        this.allowed = allowed;
        this.beforeLoss = beforeLoss;
        this.listening = listening();
        this.address = (InetSocketAddress) listening.getLocalAddress();
        this.thread = Thread.ofPlatform().daemon().name("pages-" + port()).unstarted(this::run);
    }

    /** On a port that is only root's: should this process die, nobody else can take it and send other pages. */
    private static ServerSocketChannel listening() throws IOException {
        int any = ThreadLocalRandom.current().nextInt(RESERVED);
        for (int i = 0; i < RESERVED; i++) {
            // Of this family both ends are in one table.
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
            try {
                return channel.bind(new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.1"), FIRST_RESERVED + (any + i) % RESERVED));
            } catch (BindException e) {
                // Somebody has it.
                channel.close();
            }
        }
        throw new IOException("no port below 1024 is free");
    }

    /**
     * It accepts when this returns.
     *
     * @param allowed processes of which one may connect, asked when somebody does
     * @param beforeLoss done when pages will be lacking, while the daemon still waits for them
     * @throws io.rewind.runtime.fault.Fault INTERNAL
     */
    public static PageServer open(LatePages pages, Supplier<Stream<ProcessHandle>> allowed, Runnable beforeLoss) {
        try {
            PageServer server = new PageServer(pages, allowed, beforeLoss);
            server.thread.start();
            return server;
        } catch (IOException e) {
            throw RestoreCode.INTERNAL.because("Pages cannot be served on 127.0.0.1: " + e.getMessage() + ".", e);
        }
    }

    /** On 127.0.0.1. */
    public int port() {
        return address.getPort();
    }

    private void run() {
        try (listening;
                SocketChannel daemon = accept()) {
            // Nobody else is answered any more.
            listening.close();
            daemon.setOption(StandardSocketOptions.TCP_NODELAY, true);
            serve(daemon);
            write(ByteBuffer.allocate(Integer.BYTES), daemon);
        } catch (ClosedChannelException e) {
            log.debug("{} was closed", thread.getName());
        } catch (IOException | RuntimeException e) {
            log.warn("{}: no more pages are served", thread.getName(), e);
        }
    }

    private SocketChannel accept() throws IOException {
        while (true) {
            SocketChannel somebody = listening.accept();
            if (mayConnect(somebody) && keep(somebody)) {
                return somebody;
            }
            somebody.close();
        }
    }

    private boolean mayConnect(SocketChannel somebody) {
        try {
            InetSocketAddress from = (InetSocketAddress) somebody.getRemoteAddress();
            Optional<String> socket = Peer.socket(from, address);
            boolean may = socket.isPresent() && allowed.get().anyMatch(process -> Peer.holds(process, socket.get()));
            if (!may) {
                log.warn("{}: {} is not the daemon", thread.getName(), from);
            }
            return may;
        } catch (IOException e) {
            log.warn("{}: it cannot be seen who connects", thread.getName(), e);
            return false;
        }
    }

    private synchronized boolean keep(SocketChannel daemon) {
        connection = Optional.of(daemon);
        return !closed;
    }

    /** Returns when nothing is wanted any more. */
    private void serve(SocketChannel daemon) throws IOException {
        try {
            PageMessage question = read(daemon);
            while (question.command() == PageMessage.GET) {
                answer(question, daemon);
                question = read(daemon);
            }
            if (question.command() != PageMessage.CLOSE) {
                throw new IOException("the daemon asked for " + question);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            beforeLoss.run();
            throw e;
        }
    }

    private PageMessage read(SocketChannel daemon) throws IOException {
        head.clear();
        while (head.hasRemaining()) {
            if (daemon.read(head) < 0) {
                throw new EOFException("the daemon is gone");
            }
        }
        return PageMessage.read(head.flip());
    }

    private void answer(PageMessage question, SocketChannel daemon) throws IOException {
        if (question.pages() < 1 || question.address() < 0 || question.address() % PageRanges.PAGE != 0) {
            throw new IOException("the daemon asked for " + question);
        }
        int count = (int) Math.min(MOST_PAGES, question.pages());
        answer.clear();
        question.answer(count).write(answer);
        pages.read(Long.toString(question.process()), question.address() / PageRanges.PAGE, count, answer);
        write(answer.flip(), daemon);
    }

    private static void write(ByteBuffer bytes, SocketChannel daemon) throws IOException {
        while (bytes.hasRemaining()) {
            daemon.write(bytes);
        }
    }

    /** Pages will be lacking. */
    public void fail() {
        beforeLoss.run();
        cut();
    }

    /** The daemon loses its connection, whatever it waits for; what reads pages now has yet to end. */
    private void cut() {
        synchronized (this) {
            closed = true;
        }
        try {
            listening.close();
            if (connected().isPresent()) {
                connected().get().close();
            }
        } catch (IOException e) {
            log.warn("{} cannot be closed", thread.getName(), e);
        }
    }

    private synchronized Optional<SocketChannel> connected() {
        return connection;
    }

    /** Nothing reads pages any more when this returns. */
    @Override
    public void close() {
        cut();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
