package io.rewind.schemas.host;

import io.rewind.event.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kernel, processor and CRIU of this host. */
public final class HostFingerprint {
    /**
     * Those of x86's flags that a program may have built on: instructions and registers. The others tell of
     * virtualization, power and mitigations, in which machines differ that run the same programs. Of arm64 all are taken.
     */
    private static final Pattern FOR_PROGRAMS =
            Pattern.compile("fpu|mmx|fxsr|sse.*|ssse3|pni|avx.*|amx_.*|f16c|fma4?|xop"
                    + "|tbm|aes|vaes|v?pclmulqdq|sha.*|gfni|bmi[12]|abm|adx|movbe|movdir.*|popcnt|cx(8|16)|cmov|lahf_lm|rdrand|rdseed"
                    + "|rdpid|rdtscp|fsgsbase|xsave.*|xgetbv1|rtm|hle|clflush(opt)?|clwb|clzero|pku|ospke|serialize|waitpkg"
                    + "|user_shstk");

    private HostFingerprint() {}

    public static Fingerprint of(String criuVersion) {
        try {
            List<String> cpu = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return new Fingerprint(
                    Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim(),
                    System.getProperty("os.arch", ""),
                    first(cpu, "model name").orElse(""),
                    criuVersion,
                    features(cpu));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param cpu lines of /proc/cpuinfo */
    static String features(List<String> cpu) {
        Optional<Stream<String>> x86 = first(cpu, "flags")
                .map(text -> Stream.of(text.split(" +", -1))
                        .filter(flag -> FOR_PROGRAMS.matcher(flag).matches()));
        return x86.or(() -> first(cpu, "Features").map(text -> Stream.of(text.split(" +", -1))))
                .orElse(Stream.empty())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Of the first processor. */
    private static Optional<String> first(List<String> cpu, String field) {
        return cpu.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst();
    }
}
