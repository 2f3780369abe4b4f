package io.rewind.capture.preflight;

/**
 * One thing about a container.
 *
 * @param refusal a capture cannot work; otherwise good to know
 * @param sentence what it is and what to do about it
 */
public record Finding(Rule rule, boolean refusal, String sentence) {}
