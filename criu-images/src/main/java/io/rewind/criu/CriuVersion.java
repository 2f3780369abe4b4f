package io.rewind.criu;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a CRIU, as {@code criu --version} prints it. */
public record CriuVersion(int major, int minor, int patch) implements Comparable<CriuVersion> {
    private static final Pattern PRINTED =
            Pattern.compile("(?m)^Version: (\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\D.*)?$");

    private static final Comparator<CriuVersion> ORDER = Comparator.comparingInt(CriuVersion::major)
            .thenComparingInt(CriuVersion::minor)
            .thenComparingInt(CriuVersion::patch);

    /**
     * Finds the version in what {@code criu --version} printed.
     *
     * @throws io.rewind.runtime.fault.Fault VERSION_UNKNOWN
     */
    public static CriuVersion parse(String printed) {
        Matcher found = PRINTED.matcher(printed);
        if (!found.find()) {
            throw CriuFault.VERSION_UNKNOWN.rejected("criu --version printed no version; install CRIU 4.2 or later.");
        }
        int patch = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        return new CriuVersion(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), patch);
    }

    public boolean atLeast(int otherMajor, int otherMinor) {
        return compareTo(new CriuVersion(otherMajor, otherMinor, 0)) >= 0;
    }

    @Override
    public int compareTo(CriuVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
