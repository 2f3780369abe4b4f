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
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What an agent of its own takes beside what changed: run by {@code ./rewind test agent-memory}. */
@EnabledIfSystemProperty(named = "rewind.test.points", matches = "[0-9]+")
class AgentMemoryIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int POINTS = Integer.getInteger("rewind.test.points", 0);
    private static final long ALLOWED = 256L << 20;
    private static final long PAGE = 4096;

    /** Holds 1 GiB and writes to 1 % of its pages every half second. */
    private static final String HOLD = "my $m = 'x' x (1 << 30); $| = 1; print \"ready\\n\"; while (1) {"
            + " substr($m, 4096 * int(rand(262144)), 64) = pack('Q', $n++) x 8 for 1 .. 2621;"
            + " select(undef, undef, undef, 0.5) }";

    @Test
    void itIsBounded() throws IOException {
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
            AtomicLong most = new AtomicLong();
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
                most.accumulateAndGet(agent.resident(), Math::max);
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
                    "agent-memory: of 1 GiB at most %d MiB changed between %d points; resident at most %d MiB,"
                            + " %d MiB before, %d MiB after the full point%n",
                    changed >> 20, deltas.size(), most.get() >> 20, before >> 20, full >> 20);
            assertThat(most.get()).isLessThan(changed + ALLOWED);
        }
    }
}
