package io.rewind.schemas.client;

import io.grpc.MethodDescriptor;
import io.grpc.stub.AbstractBlockingStub;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The stores that share a cluster: each timeline is in one of them. */
record Stores(List<StoreEndpoint> each) {
    /** @throws Fault NO_STORE when there are none */
    static Stores at(List<String> endpoints, StoreAccess access, Class<? extends AbstractBlockingStub<?>> stub) {
        if (endpoints.isEmpty()) {
            throw new Fault(ClientFault.NO_STORE, Severity.RETRYABLE, "no store is known");
        }
        return new Stores(endpoints.stream()
                .map(address -> new StoreEndpoint(address, access, stub))
                .toList());
    }

    /** Asks one store after the other until one has it. A store that does not answer may be the one that has it. */
    <Q, T> void ask(MethodDescriptor<Q, T> method, Q question, Duration limit, ClientFault unknown, Consumer<T> taker) {
        Optional<Fault> unreachable = Optional.empty();
        String said = "no store has it";
        for (StoreEndpoint store : each) {
            try {
                Optional<String> notHere = store.each(method, question, limit, taker);
                if (notHere.isEmpty()) {
                    return;
                }
                said = notHere.get();
            } catch (Fault fault) {
                if (fault.code() != ClientFault.STORE_UNREACHABLE) {
                    throw fault;
                }
                unreachable = Optional.of(fault);
            }
        }
        if (unreachable.isPresent()) {
            throw unreachable.get();
        }
        throw new Fault(unknown, Severity.REJECTED, said);
    }
}
