package io.rewind.schemas.client;

import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One store: streaming calls to it, its statuses as faults. */
final class StoreEndpoint {
    /** Of one message; a chunk's body stays under 1 MiB. */
    private static final int MAX_MESSAGE = 4 << 20;

    private final String address;
    private final Channel channel;

    /** @param stub of the service whose methods will be called */
    StoreEndpoint(String address, StoreAccess access, Class<? extends AbstractBlockingStub<?>> stub) {
        this.address = address;
        this.channel = LocalStores.at(address)
                .orElseGet(() -> access.to(address)
                        .maxResponseLength(0)
                        .maxResponseMessageLength(MAX_MESSAGE)
                        .build(stub)
                        .getChannel());
    }

    /** Every message of the answer. Empty: this store does not have it. @throws Fault for any other failure */
    <Q, T> Optional<String> each(MethodDescriptor<Q, T> method, Q question, Duration limit, Consumer<T> each) {
        try (Reply<T> reply = Reply.to(channel, method, question, limit)) {
            for (Optional<T> next = pull(reply); next.isPresent(); next = pull(reply)) {
                each.accept(next.get());
            }
            return Optional.empty();
        } catch (NotHere e) {
            return Optional.of(e.sentence);
        }
    }

    private <T> Optional<T> pull(Reply<T> reply) {
        try {
            return reply.next();
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            String said = Optional.ofNullable(status.getDescription())
                    .orElse(status.getCode().name());
            throw switch (status.getCode()) {
                case NOT_FOUND -> new NotHere(said);
                case INVALID_ARGUMENT -> new Fault(ClientFault.REQUEST_INVALID, Severity.REJECTED, said, e);
                case DATA_LOSS -> new Fault(ClientFault.STORE_DAMAGED, Severity.REJECTED, said, e);
                default ->
                    new Fault(
                            ClientFault.STORE_UNREACHABLE,
                            Severity.RETRYABLE,
                            "the store at " + address + " does not answer (" + said
                                    + "); is it running, and is rewind.tls set alike on both sides?",
                            e);
            };
        }
    }

    /** Control flow only: never leaves this class. */
    private static final class NotHere extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String sentence;

        NotHere(String sentence) {
            super(sentence, null, false, false);
            this.sentence = sentence;
        }
    }
}
