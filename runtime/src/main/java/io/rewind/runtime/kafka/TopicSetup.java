package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates what is missing; a topic that exists is left as its operator set it up. */
public final class TopicSetup {
    private TopicSetup() {}

    /**
     * @return names of the topics that were missing
     * @throws Fault RETRYABLE when the cluster does not answer in time, FATAL when it refuses
     */
    public static List<String> ensure(Cluster cluster, List<TopicSpec> topics, short replicas, Duration limit) {
        return Question.ask(cluster, "rewind-topics", limit, admin -> {
            Set<String> there = admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            List<String> created = new ArrayList<>();
            for (TopicSpec topic : topics) {
                if (!there.contains(topic.name())) {
                    create(cluster, admin, topic, replicas, limit);
                    created.add(topic.name());
                }
            }
            return created;
        });
    }

    private static void create(Cluster cluster, Admin admin, TopicSpec topic, short replicas, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            NewTopic wanted = new NewTopic(topic.name(), topic.partitions(), replicas).configs(topic.config());
            admin.createTopics(List.of(wanted)).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new Fault(
                        KafkaFault.NOT_ALLOWED,
                        Severity.FATAL,
                        "Kafka at " + cluster.bootstrap() + " does not let this program create topic " + topic.name()
                                + "; let somebody who may run `rewind topics`, and set rewind.kafka.topics.create to false",
                        e);
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
