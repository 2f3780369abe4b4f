package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/** Asks a cluster, before any work begins, whether it allows what will be needed. One without an authorizer allows all. */
public final class Rights {
    /** The broker that is asked may hear of a topic only some time after somebody has made it. */
    private static final Duration HEARD_OF = Duration.ofSeconds(10);

    private static final Duration GLANCE = Duration.ofMillis(100);

    private Rights() {}

    /**
     * A topic that is not there is waited for, some seconds.
     *
     * @throws Fault FATAL NOT_ALLOWED naming all that is not allowed, FATAL TOPIC_MISSING, RETRYABLE BROKER_UNREACHABLE
     */
    public static void require(Cluster cluster, List<Right> needed, Duration limit) {
        String missing =
                Question.ask(cluster, "rewind-rights", limit, admin -> onceThere(cluster, admin, needed, limit));
        if (!missing.isEmpty()) {
            throw new Fault(
                    KafkaFault.NOT_ALLOWED,
                    Severity.FATAL,
                    "Kafka at " + cluster.bootstrap() + " does not let this program " + missing
                            + "; security/acls.txt lists what each program needs");
        }
    }

    private static String onceThere(Cluster cluster, Admin admin, List<Right> needed, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + HEARD_OF.toNanos();
        while (true) {
            try {
                return missing(cluster, admin, needed, limit);
            } catch (Fault e) {
                if (e.code() != KafkaFault.TOPIC_MISSING || System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(GLANCE);
            }
        }
    }

    private static String missing(Cluster cluster, Admin admin, List<Right> needed, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        // All asked before the first answer is waited for.
        Map<Right, KafkaFuture<Set<AclOperation>>> answers = new LinkedHashMap<>();
        needed.forEach(right -> answers.put(right, allowed(admin, right)));
        StringBuilder missing = new StringBuilder();
        for (Map.Entry<Right, KafkaFuture<Set<AclOperation>>> answer : answers.entrySet()) {
            if (!allows(cluster, answer.getValue(), answer.getKey(), limit)) {
                missing.append(missing.isEmpty() ? "" : ", ").append(answer.getKey());
            }
        }
        return missing.toString();
    }

    private static KafkaFuture<Set<AclOperation>> allowed(Admin admin, Right right) {
        List<String> name = List.of(right.name());
        return right.resource() == ResourceType.TOPIC
                ? admin.describeTopics(name, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames()
                        .thenApply(topics -> topics.values().iterator().next().authorizedOperations())
                : admin.describeConsumerGroups(
                                name, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                        .all()
                        .thenApply(groups -> groups.values().iterator().next().authorizedOperations());
    }

    private static boolean allows(Cluster cluster, KafkaFuture<Set<AclOperation>> answer, Right right, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            // No set: the broker does not tell.
            return Optional.ofNullable(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .map(allowed -> allowed.contains(right.operation()))
                    .orElse(true);
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case AuthorizationException refused -> false;
                // Whoever may not see it is not told that much.
                case GroupIdNotFoundException fresh -> true;
                case UnknownTopicOrPartitionException gone ->
                    throw new Fault(
                            KafkaFault.TOPIC_MISSING,
                            Severity.FATAL,
                            "Kafka at " + cluster.bootstrap() + " has no topic " + right.name()
                                    + "; `rewind topics` creates what is missing",
                            e);
                case null, default -> throw e;
            };
        }
    }
}
