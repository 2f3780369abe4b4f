package io.rewind.restore.policy;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of a policy.
 *
 * @param who and {@code container}: text in which * stands for any characters, also none
 */
record Rule(String who, String container) {
    boolean allows(String requester, String name) {
        return matches(who, requester) && matches(container, name);
    }

    private static boolean matches(String glob, String text) {
        String regex = Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
}
