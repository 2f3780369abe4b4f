/**
 * One service as a program of its own, the same class as in the node: settings read and checked whole, endpoint, topics,
 * service; on SIGTERM the service finishes or hands back what is under way. Starting it again is its manager's work.
 */
@NullMarked
package io.rewind.cli.service;

import org.jspecify.annotations.NullMarked;
