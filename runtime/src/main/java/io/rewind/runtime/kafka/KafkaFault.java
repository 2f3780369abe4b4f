package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.FaultCode;

/** What can go wrong between a service and its broker. */
public enum KafkaFault implements FaultCode {
    BROKER_UNREACHABLE,
    /** No client can be made of the settings. */
    CLIENT_INVALID,
    /** Who this is was not accepted, or who the broker is. */
    NOT_KNOWN,
    NOT_ALLOWED,
    REFUSED,
    TOPIC_MISSING,
    PUBLISH_FAILED
}
