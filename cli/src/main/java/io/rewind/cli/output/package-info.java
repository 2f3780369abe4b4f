/** What people and programs get to see: tables, JSON, one line of progress. Knows nothing of what it shows. */
@NullMarked
package io.rewind.cli.output;

import org.jspecify.annotations.NullMarked;
