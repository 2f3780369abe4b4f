/**
 * Says before a capture what will not work and why. Steps: facts (what /proc, the engine and the host say) → judgement,
 * a pure function of them. A refusal is certain: CRIU fails on it. What nobody knows to fail is no promise to work.
 */
@NullMarked
package io.rewind.capture.preflight;

import org.jspecify.annotations.NullMarked;
