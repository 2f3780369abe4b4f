package io.rewind.schemas.client;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClientBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.rewind.runtime.config.Settings;
import io.rewind.schemas.tls.Certificates;

/** How stores are reached. What a store announces has no say in it: whoever wants TLS never asks without. */
public final class StoreAccess {
    /** For a store of this machine, on loopback. */
    public static final StoreAccess CLEAR = new StoreAccess("gproto+http", ClientFactory.ofDefault());

    private final String scheme;
    private final ClientFactory factory;

    private StoreAccess(String scheme, ClientFactory factory) {
        this.scheme = scheme;
        this.factory = factory;
    }

    /** By {@code rewind.tls}. To be made once in a process: its connections last as long as that does. */
    public static StoreAccess of(Settings settings) {
        return Certificates.of(settings)
                .map(own -> new StoreAccess(
                        "gproto+https", ClientFactory.builder().tlsProvider(own).build()))
                .orElse(CLEAR);
    }

    GrpcClientBuilder to(String address) {
        return GrpcClients.builder(scheme + "://" + address + "/").factory(factory);
    }
}
