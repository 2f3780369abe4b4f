/** Life of a service: started in order, stopped in reverse, its state told. */
@NullMarked
package io.rewind.runtime.service;

import org.jspecify.annotations.NullMarked;
