/**
 * What a person or program can ask of a cluster: watch, capture, list points, restore. Everything goes by message and
 * by the stores' read API, so it works for any cluster alike. Promises an answer or a fault, never an endless wait.
 */
@NullMarked
package io.rewind.cli.client;

import org.jspecify.annotations.NullMarked;
