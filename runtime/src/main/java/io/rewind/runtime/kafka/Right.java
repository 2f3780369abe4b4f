package io.rewind.runtime.kafka;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** Something that a cluster must let a program do, in Kafka's own words. Reading and writing include describing. */
public record Right(AclOperation operation, ResourceType resource, String name) {
    public static Right read(String topic) {
        return new Right(AclOperation.READ, ResourceType.TOPIC, topic);
    }

    public static Right write(String topic) {
        return new Right(AclOperation.WRITE, ResourceType.TOPIC, topic);
    }

    /** To be a member. */
    public static Right group(String name) {
        return new Right(AclOperation.READ, ResourceType.GROUP, name);
    }

    /** Such as {@code write topic rewind.chunks}. */
    @Override
    public String toString() {
        return (operation + " " + resource).toLowerCase(Locale.ROOT) + " " + name;
    }
}
