package io.rewind.schemas.client;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores of this very process, by the address they announce: messages to and from them are handed over as they are, while
 * all else sees the same calls. For the whole process, since who asks and who answers know each other by address only.
 * Thread-safe.
 */
public final class LocalStores {
    private static final Map<String, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();

    private LocalStores() {}

    /**
     * Answers here as well, until closed.
     *
     * @param address that this store alone announces
     */
    public static AutoCloseable serve(String address, List<BindableService> services) {
        // Callbacks only queue: the store answers on threads of its own, a reply is pulled.
        InProcessServerBuilder builder = InProcessServerBuilder.forName(address).directExecutor();
        services.forEach(builder::addService);
        Server server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ManagedChannel channel =
                InProcessChannelBuilder.forName(address).directExecutor().build();
        CHANNELS.put(address, channel);
        return () -> {
            CHANNELS.remove(address, channel);
            channel.shutdownNow();
            server.shutdownNow();
        };
    }

    static Optional<Channel> at(String address) {
        return Optional.ofNullable(CHANNELS.get(address));
    }
}
