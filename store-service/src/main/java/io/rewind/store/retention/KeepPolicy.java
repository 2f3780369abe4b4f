package io.rewind.store.retention;

import io.rewind.schemas.id.PointId;
import io.rewind.store.fault.StoreFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which points of a timeline stay, as people write it: {@code all for 1h, 1/min for 24h, 1/h for 30d}. A point stays
 * when any of the rules keeps it. Without {@code for} a rule holds for ever; units are s, m or min, h, d and w.
 *
 * @param text as it was written
 */
public record KeepPolicy(String text, List<KeepRule> rules) {
    private static final Pattern RULE = Pattern.compile(
            "(?:(?<all>all)|(?<many>\\d{1,6})/(?<unit>[a-z]+))(?: for (?<amount>\\d{1,6})\\s?(?<age>[a-z]+))?");
    public static final KeepPolicy ALL = parse("all");

    public KeepPolicy {
        rules = List.copyOf(rules);
    }

    /** @throws io.rewind.runtime.fault.Fault REJECTED POLICY_INVALID */
    public static KeepPolicy parse(String text) {
        List<KeepRule> rules = new ArrayList<>();
        String plain = text.toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " ");
        Arrays.stream(plain.split(",", -1)).forEach(rule -> rules.add(rule(rule.strip())));
        return new KeepPolicy(plain, rules);
    }

    private static KeepRule rule(String text) {
        Matcher matcher = RULE.matcher(text);
        if (!matcher.matches()) {
            throw invalid("\"" + text + "\" is no rule");
        }
        Optional<Duration> age = Optional.ofNullable(matcher.group("age"))
                .map(unit -> unit(unit).multipliedBy(Long.parseLong(matcher.group("amount"))));
        if (age.filter(Duration::isZero).isPresent()) {
            throw invalid("\"" + text + "\" keeps nothing");
        }
        return new KeepRule(matcher.group("all") != null ? Duration.ZERO : slot(matcher, text), age);
    }

    private static Duration slot(Matcher matcher, String text) {
        long many = Long.parseLong(matcher.group("many"));
        if (many == 0) {
            throw invalid("\"" + text + "\" keeps nothing");
        }
        Duration slot = unit(matcher.group("unit")).dividedBy(many);
        if (slot.toMillis() == 0) {
            throw invalid("\"" + text + "\" is more than one point a millisecond");
        }
        return slot;
    }

    private static Duration unit(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "m", "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            case "w" -> Duration.ofDays(7);
            default -> throw invalid("\"" + unit + "\" is no unit of time; there are s, min, h, d and w");
        };
    }

    private static RuntimeException invalid(String why) {
        return StoreFault.POLICY_INVALID.rejected(
                "a policy is written like \"all for 1h, 1/min for 24h, 1/h for 30d\": " + why);
    }

    /**
     * Those that no rule keeps, oldest first.
     *
     * @param points oldest first
     */
    public List<PointId> surplus(List<PointId> points, Instant now) {
        Set<PointId> kept = new HashSet<>();
        rules.forEach(rule -> rule.keep(points, now, kept::add));
        return points.stream().filter(point -> !kept.contains(point)).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
