package io.rewind.runtime.kafka;

import io.rewind.runtime.fault.FaultCode;

/** What can go wrong between a service and its broker. */
public enum KafkaFault implements FaultCode {
    BROKER_UNREACHABLE,
    TOPIC_SETUP_FAILED,
    PUBLISH_FAILED
}
