package io.rewind.restore.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rewind.restore.code.RestoreCode;
import io.rewind.runtime.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    @TempDir
    Path folder;

    private Policy policy(String text) throws IOException {
        return new Policy(Optional.of(Files.writeString(folder.resolve("policy"), text)), Set.of("here"));
    }

    private static void refuses(Policy policy, String requester, String container) {
        Fault fault = catchThrowableOfType(Fault.class, () -> policy.check(requester, container));
        assertThat(fault.code()).isEqualTo(RestoreCode.NOT_ALLOWED);
        assertThat(fault.sentence()).doesNotContain("\n").endsWith(".");
    }

    @Test
    void withoutAFileItIsThisHostsOperators() {
        Policy policy = new Policy(Optional.empty(), Set.of("here", "here.example"));

        policy.check("root@here", "web");
        policy.check("ann@here.example", "web");
        for (String other : new String[] {"", "root", "here", "root@there", "root@here2", "root@here\n", "root@HERE"}) {
            refuses(policy, other, "web");
        }
    }

    @Test
    void aFileSaysWhoAndWhichAndThenNobodyElse() throws IOException {
        Policy policy = policy("""
                # the shop's pipeline

                  ci@build7   shop-*
                *@here\tdb
                """);

        policy.check("ci@build7", "shop-front");
        policy.check("root@here", "db");
        refuses(policy, "ci@build7", "db");
        refuses(policy, "ci@build77", "shop-front");
        refuses(policy, "root@here", "shop-front");
        refuses(policy, "ci@build7 ", "a-shop-front");
    }

    @Test
    void whatIsNoPatternStandsForItself() throws IOException {
        Policy policy = policy("a.b@[x] c+\n");

        policy.check("a.b@[x]", "c+");
        refuses(policy, "aXb@x", "cc");
    }

    @Test
    void aChangeCountsFromTheNextRequestOn() throws IOException {
        Policy policy = policy("ci@build7 *\n");
        assertThatCode(() -> policy.check("ci@build7", "web")).doesNotThrowAnyException();

        policy("# nobody\n");

        refuses(policy, "ci@build7", "web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"* *\nonly-one-word\n", "a b c\n* *\n", "* *\n\u0000\n"})
    void oneBadLineLetsNobodyIn(String text) throws IOException {
        refuses(policy(text), "root@here", "web");
    }

    @Test
    void aFileThatIsNotThereLetsNobodyIn() {
        refuses(new Policy(Optional.of(folder.resolve("none")), Set.of("here")), "root@here", "web");
    }
}
