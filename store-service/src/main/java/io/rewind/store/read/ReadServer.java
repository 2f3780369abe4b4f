package io.rewind.store.read;

import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.BindableService;
import io.netty.handler.ssl.ClientAuth;
import io.rewind.store.chunk.ChunkBodies;
import io.rewind.store.metrics.StoreMetrics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be asked of the store, on its port. */
public final class ReadServer implements AutoCloseable {
    private static final int LARGEST_QUESTION = 1 << 20;
    /** For callers that set no deadline of their own. */
    private static final Duration LIMIT = Duration.ofHours(12);

    private final List<BindableService> services;
    private final Server server;

    /**
     * @param address port 0 takes any free one
     * @param tls only who has a certificate that it trusts is answered; empty: everybody is, in the clear
     * @param readers calls that may be answered at a time
     */
    public ReadServer(
            InetSocketAddress address,
            Optional<TlsProvider> tls,
            OpenPartitions partitions,
            ChunkBodies bodies,
            int readers,
            StoreMetrics metrics) {
        ServerBuilder builder = tls.map(own -> Server.builder()
                        .https(address)
                        .tlsProvider(
                                own,
                                ServerTlsConfig.builder()
                                        .clientAuth(ClientAuth.REQUIRE)
                                        .build()))
                .orElseGet(() -> Server.builder().http(address));
        this.services = List.of(
                new TimelinesApi(partitions, bodies, readers, metrics),
                new MaintenanceApi(partitions, bodies, metrics));
        this.server = builder.requestTimeout(LIMIT)
                .maxRequestLength(LARGEST_QUESTION)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ofSeconds(2))
                .service(GrpcService.builder()
                        .addServices(services)
                        .maxRequestMessageLength(LARGEST_QUESTION)
                        .build())
                .build();
    }

    public void start() {
        server.start().join();
    }

    /** What it answers, for {@link io.rewind.schemas.client.LocalStores}. */
    public List<BindableService> services() {
        return services;
    }

    public int port() {
        return server.activePorts().keySet().stream().findFirst().orElseThrow().getPort();
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
