package io.rewind.restore.host;

import io.rewind.event.Fingerprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What keeps a point from running on a host. Newer is fine, older is not: processes use what they once found. What either
 * side does not know keeps from nothing.
 */
public final class Differences {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})([-+._~]\\S{0,100})?");
    private static final int SHOWN = 8;

    private Differences() {}

    /** Clauses; none when it can be expected to run. */
    public static List<String> between(Fingerprint captured, Fingerprint here) {
        List<String> clauses = new ArrayList<>();
        if (known(captured.getArch(), here.getArch()) && !captured.getArch().equals(here.getArch())) {
            return List.of("it was captured on " + captured.getArch() + " and this host is " + here.getArch());
        }
        if (isOlder(here.getKernel(), captured.getKernel())) {
            clauses.add("it was captured on Linux " + captured.getKernel() + " and this host has " + here.getKernel());
        }
        if (isOlder(here.getCriu(), captured.getCriu())) {
            clauses.add("it was captured by CRIU " + captured.getCriu() + " and this host has " + here.getCriu());
        }
        if (known(captured.getFeatures(), here.getFeatures())) {
            Set<String> missing = new TreeSet<>(words(captured.getFeatures()));
            missing.removeAll(new HashSet<>(words(here.getFeatures())));
            if (!missing.isEmpty()) {
                clauses.add("the processor here lacks "
                        + missing.stream().limit(SHOWN).collect(Collectors.joining(", ")));
            }
        }
        return clauses;
    }

    private static boolean known(String one, String other) {
        return !one.isEmpty() && !other.isEmpty();
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /** By the first two numbers: what comes after them brings no new interfaces. */
    private static boolean isOlder(String version, String than) {
        Matcher one = VERSION.matcher(version);
        Matcher other = VERSION.matcher(than);
        if (!one.matches() || !other.matches()) {
            return false;
        }
        int major = Integer.compare(number(one, 1), number(other, 1));
        return major < 0 || (major == 0 && number(one, 2) < number(other, 2));
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }
}
