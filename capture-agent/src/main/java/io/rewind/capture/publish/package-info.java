/** From a captured point to records on the topic, each under 1 MiB, counted and summed so that none can be missed. */
@NullMarked
package io.rewind.capture.publish;

import org.jspecify.annotations.NullMarked;
