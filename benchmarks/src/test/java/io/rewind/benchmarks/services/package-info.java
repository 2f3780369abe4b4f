@NullMarked
package io.rewind.benchmarks.services;

import org.jspecify.annotations.NullMarked;
