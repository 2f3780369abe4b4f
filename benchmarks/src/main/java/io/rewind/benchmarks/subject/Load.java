package io.rewind.benchmarks.subject;

import io.rewind.benchmarks.stand.BenchFault;
import io.rewind.cli.stand.Cleanup;
import io.rewind.cli.stand.Program;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program made for the purpose that uses a service from another container, and says what it got through.
 *
 * @param command for a shell; $ADDRESS and $LASTS are the service's address and how long to go on
 * @param figure finds operations a second in what it says, as its first group
 */
public record Load(String image, String command, Pattern figure) {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    /**
     * Runs to its end.
     *
     * @return operations a second, by the program's own count
     */
    public double run(String address, Duration time) {
        String said = Program.run(words(address, time, "--rm"));
        Matcher matcher = figure.matcher(said);
        if (!matcher.find()) {
            throw new Fault(
                    BenchFault.OUTPUT_NOT_UNDERSTOOD,
                    Severity.REJECTED,
                    "the load said no figure but: "
                            + said.lines().reduce((_, last) -> last).orElse("nothing"));
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** Goes on until the cleanup; what it got through is not told. */
    public void start(String address, Cleanup cleanup) {
        String name = "rewind-bench-load-"
                + Integer.toHexString(RandomGenerator.getDefault().nextInt(0x1000, 0x10000));
        cleanup.make(
                () -> Program.run(words(address, FOR_EVER, "--detach", "--name", name)),
                () -> Program.run("sh", "-c", "docker rm --force " + name + " 2>&1 || true"));
    }

    private String[] words(String address, Duration time, String... how) {
        List<String> words = new ArrayList<>(List.of("docker", "run"));
        words.addAll(List.of(how));
        words.addAll(List.of("--env", "ADDRESS=" + address, "--env", "LASTS=" + time.toSeconds()));
        words.addAll(List.of(image, "sh", "-c", command));
        return words.toArray(String[]::new);
    }
}
