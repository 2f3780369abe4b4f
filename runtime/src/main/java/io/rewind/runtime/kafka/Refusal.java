package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Finds, in what Kafka's clients throw, that somebody was turned away. */
public final class Refusal {
    private Refusal() {}

    /** FATAL NOT_KNOWN or NOT_ALLOWED; empty where the failure is another. */
    public static Optional<Fault> in(Cluster cluster, Throwable failure) {
        return causes(failure).flatMap(cause -> fault(cluster, cause).stream()).findFirst();
    }

    private static Optional<Fault> fault(Cluster cluster, Throwable cause) {
        return switch (cause) {
            case AuthenticationException e ->
                Optional.of(new Fault(
                        KafkaFault.NOT_KNOWN,
                        Severity.FATAL,
                        "Kafka at " + cluster.bootstrap() + " and this program do not accept each other: "
                                + innermost(e),
                        e));
            case AuthorizationException e ->
                Optional.of(new Fault(
                        KafkaFault.NOT_ALLOWED,
                        Severity.FATAL,
                        "Kafka at " + cluster.bootstrap() + " does not allow this: " + e.getMessage()
                                + "; security/acls.txt lists what each program needs",
                        e));
            default -> Optional.empty();
        };
    }

    /** What the deepest cause says. */
    static String innermost(Throwable failure) {
        return causes(failure)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElseGet(failure::toString);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause);
    }
}
