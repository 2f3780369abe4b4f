package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rewind.cli.client.Watches;
import io.rewind.cli.service.ServiceKind;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.schemas.id.ContainerName;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What services of their own take: run by {@code ./rewind test memory}. */
@EnabledIfSystemProperty(named = "rewind.test.points", matches = "[0-9]+")
class MemoryIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int POINTS = Integer.getInteger("rewind.test.points", 0);
    /** Programs, libraries, and what a service holds whatever its settings say. */
    private static final long ALLOWED = 256L << 20;

    /** By reference.conf, for two partitions: what equal blocks are found by, a mirror's index, maps under way, what is sent. */
    private static final long ENCODER = (2 * 64 + 2 * 65 + 256 + 32L) << 20;
    /** Likewise: what was read, what is written and what is being flushed, marks of a collection. */
    private static final long STORE = (64 + 2 * 32 + 16L) << 20;

    private static final long PAGE = 4096;

    /** Holds 1 GiB and writes to 1 % of its pages every half second. */
    private static final String HOLD = "my $m = 'x' x (1 << 30); $| = 1; print \"ready\\n\"; while (1) {"
            + " substr($m, 4096 * int(rand(262144)), 64) = pack('Q', $n++) x 8 for 1 .. 2621;"
            + " select(undef, undef, undef, 0.5) }";

    @Test
    void isBounded() throws IOException {
        try (Docker docker = new Docker();
                Apart apart = new Apart()) {
            String name = docker.name("agent-memory");
            docker.start(name, "rewind-test/perl", "/usr/bin/perl", "-e", HOLD);
            docker.awaitLog(name, "ready");
            ServiceProcess agent = apart.service(ServiceKind.AGENT);
            long before = agent.resident();
            Announced announced = new Announced(apart.session().cluster());
            new Moves(apart.session()).capture(name);
            long full = agent.resident();
            new Watches(apart.session()).watch(new ContainerName(name), "", Duration.ofSeconds(1));
            Map<ServiceKind, Long> most = new EnumMap<>(ServiceKind.class);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
                for (ServiceKind kind : ServiceKind.values()) {
                    most.merge(kind, apart.service(kind).resident(), Math::max);
                }
                return announced.committed(name).size() > POINTS;
            });

            List<PointHeader> deltas = announced.points().stream()
                    .map(PointCommitted::getHeader)
                    .filter(header -> header.getName().equals(name) && header.getKind() == PointKind.DELTA)
                    .toList();
            long changed = PAGE
                    * deltas.stream()
                            .mapToLong(PointHeader::getChangedPages)
                            .max()
                            .orElseThrow();
            System.out.printf(
                    "memory: of 1 GiB at most %d MiB changed between %d points; the agent has %d MiB resident before the"
                            + " full point and %d MiB after it%n",
                    changed >> 20, deltas.size(), before >> 20, full >> 20);
            most.forEach((kind, bytes) -> System.out.printf("memory: %s at most %d MiB%n", kind, bytes >> 20));
            assertThat(most.get(ServiceKind.AGENT)).isLessThan(ALLOWED + changed);
            assertThat(most.get(ServiceKind.ENCODER)).isLessThan(ALLOWED + ENCODER);
            assertThat(most.get(ServiceKind.STORE)).isLessThan(ALLOWED + STORE);
        }
    }
}
