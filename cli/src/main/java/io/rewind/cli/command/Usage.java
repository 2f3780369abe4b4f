package io.rewind.cli.command;

/** What was typed cannot be done, in a sentence: exit code 2. */
final class Usage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Usage(String sentence) {
        super(sentence);
    }
}
