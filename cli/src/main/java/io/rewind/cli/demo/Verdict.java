package io.rewind.cli.demo;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the workload says of itself.
 *
 * @param agrees whether memory and file always agreed
 * @param file empty: the file is gone
 * @param resumed the count at which it went on after its clock had jumped, which is what a restore looks like from
 *     inside
 */
record Verdict(boolean agrees, long memory, OptionalLong file, OptionalLong resumed) {
    private static final Pattern FORM =
            Pattern.compile("(agree|broken) memory=(\\d{1,18}) file=(\\d{1,18}|gone) resumed=(\\d{1,18}|none)\\s*");

    /** Empty for what is no verdict, such as the file read while it is being written. */
    static Optional<Verdict> parse(String line) {
        Matcher matcher = FORM.matcher(line);
        return matcher.matches()
                ? Optional.of(new Verdict(
                        matcher.group(1).equals("agree"),
                        Long.parseLong(matcher.group(2)),
                        number(matcher.group(3)),
                        number(matcher.group(4))))
                : Optional.empty();
    }

    private static OptionalLong number(String text) {
        return Character.isDigit(text.charAt(0)) ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    boolean isSound() {
        return agrees && file.isPresent() && file.getAsLong() == memory;
    }
}
