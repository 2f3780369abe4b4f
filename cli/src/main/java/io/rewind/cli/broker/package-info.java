/**
 * Kafka inside this JVM: address remembered, folder formatted once, one node that is broker and controller. For one
 * machine; promises what a cluster of one can: data survives the process, not the disk.
 */
@NullMarked
package io.rewind.cli.broker;

import org.jspecify.annotations.NullMarked;
