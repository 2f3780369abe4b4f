/**
 * The Kafka plumbing every service shares: clients with the settings that at-least-once needs, topics created as
 * described, a loop that hands each assigned partition to a handler of its own, and a reader of whole compacted
 * topics. Promises order within a partition and delivery at least once; never exactly once.
 */
@NullMarked
package io.rewind.runtime.kafka;

import org.jspecify.annotations.NullMarked;
