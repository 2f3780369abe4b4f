package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/** Something asked of a cluster as administrators do, with one sentence for whatever prevents the answer. */
final class Question {
    /** The asking itself. */
    interface Asking<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
    }

    private Question() {}

    /** @throws Fault RETRYABLE when the cluster does not answer in time, FATAL when it refuses */
    static <T> T ask(Cluster cluster, String clientId, Duration limit, Asking<T> asking) {
        try (Admin admin = cluster.admin(clientId)) {
            return asking.of(admin);
        } catch (TimeoutException e) {
            throw unanswered(cluster, limit, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RetriableException
                    ? unanswered(cluster, limit, e)
                    : Refusal.in(cluster, e).orElseGet(() -> refused(cluster, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(KafkaFault.BROKER_UNREACHABLE, Severity.RETRYABLE, "interrupted", e);
        }
    }

    private static Fault unanswered(Cluster cluster, Duration limit, Exception e) {
        return new Fault(
                KafkaFault.BROKER_UNREACHABLE,
                Severity.RETRYABLE,
                "no answer from Kafka at " + cluster.bootstrap() + " within " + limit.toSeconds()
                        + " s; is the address right, and rewind.kafka.client what it expects?",
                e);
    }

    private static Fault refused(Cluster cluster, ExecutionException e) {
        return new Fault(
                KafkaFault.REFUSED,
                Severity.FATAL,
                "Kafka at " + cluster.bootstrap() + " refused: " + Refusal.innermost(e),
                e);
    }
}
