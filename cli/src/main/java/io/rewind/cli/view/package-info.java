/** Records as tables and JSON: the field names here are an interface to programs. */
@NullMarked
package io.rewind.cli.view;

import org.jspecify.annotations.NullMarked;
