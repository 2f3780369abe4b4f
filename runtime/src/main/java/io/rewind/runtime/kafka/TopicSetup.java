package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates what is missing; a topic that exists is left as its operator set it up. */
public final class TopicSetup {
    private TopicSetup() {}

    /** @throws Fault RETRYABLE when the cluster does not answer in time, FATAL when it refuses. */
    public static void ensure(Cluster cluster, List<TopicSpec> topics, short replicas, Duration limit) {
        try (Admin admin = cluster.admin("rewind-topics")) {
            Set<String> there = admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            for (TopicSpec topic : topics) {
                if (!there.contains(topic.name())) {
                    create(admin, topic, replicas, limit);
                }
            }
        } catch (TimeoutException e) {
            throw new Fault(
                    KafkaFault.BROKER_UNREACHABLE,
                    Severity.RETRYABLE,
                    "no answer from Kafka at " + cluster.bootstrap() + " within " + limit.toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw new Fault(
                    KafkaFault.TOPIC_SETUP_FAILED,
                    Severity.FATAL,
                    "Kafka at " + cluster.bootstrap() + " refused to set up the topics: " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(KafkaFault.BROKER_UNREACHABLE, Severity.RETRYABLE, "interrupted", e);
        }
    }

    private static void create(Admin admin, TopicSpec topic, short replicas, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            NewTopic wanted = new NewTopic(topic.name(), topic.partitions(), replicas).configs(topic.config());
            admin.createTopics(List.of(wanted)).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
