/**
 * The embedded node: broker, topics, endpoint and services started in order in one JVM, and how other processes
 * find, start and stop it. One node a data folder; promises no failover.
 */
@NullMarked
package io.rewind.cli.node;

import org.jspecify.annotations.NullMarked;
