/**
 * TLS of the stores' read API, both ends: who this process is, and whom it believes. Promises nothing about what
 * whoever is believed may ask: all of the API.
 */
@NullMarked
package io.rewind.schemas.tls;

import org.jspecify.annotations.NullMarked;
