package io.rewind.cli.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.client.ClientFault;
import io.rewind.schemas.client.StoreAccess;
import io.rewind.schemas.client.TimelineClient;
import io.rewind.schemas.client.TimelineInfo;
import io.rewind.schemas.tls.Certificates;
import io.rewind.store.chunk.RocksChunkBodies;
import io.rewind.store.metrics.StoreMetrics;
import io.rewind.store.read.OpenPartitions;
import io.rewind.store.read.ReadServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store's read API answers whoever has a certificate of its authority, and nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadApiTlsTest {
    @SuppressWarnings("NullAway.Init") // made before the first test, for all of them
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Authority authority;

    @SuppressWarnings("NullAway.Init")
    private ReadServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        authority = new Authority(folder.resolve("ours"));
        Settings settings = settings(authority.issue("store"), authority);
        server = new ReadServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Certificates.of(settings),
                new OpenPartitions(),
                new RocksChunkBodies(),
                2,
                new StoreMetrics(new SimpleMeterRegistry()));
        settings.check();
        server.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Settings settings(Authority.Identity own, Authority believed) throws Exception {
        return Settings.of(Map.of(
                "rewind.tls.certificate", own.certificate().toString(),
                "rewind.tls.key", own.key().toString(),
                "rewind.tls.authorities", believed.certificate().toString()));
    }

    private List<TimelineInfo> ask(StoreAccess access) {
        try (TimelineClient client = new TimelineClient(List.of("127.0.0.1:" + server.port()), access)) {
            return client.timelines("");
        }
    }

    private void assertTurnedAway(StoreAccess access) {
        assertThatThrownBy(() -> ask(access))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(ClientFault.STORE_UNREACHABLE))
                .hasMessageContaining("rewind.tls");
    }

    @Test
    void aCertificateOfTheAuthorityIsEnough() throws Exception {
        assertThat(ask(StoreAccess.of(settings(authority.issue("reader"), authority))))
                .isEmpty();
    }

    @Test
    void withoutACertificateNobodyIsAnswered() {
        assertTurnedAway(StoreAccess.CLEAR);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNone() throws Exception {
        Authority other = new Authority(folder.resolve("other"));
        assertTurnedAway(StoreAccess.of(settings(other.issue("stranger"), authority)));
    }

    @Test
    void aStoreOfAnotherAuthorityIsNotAsked() throws Exception {
        Authority other = new Authority(folder.resolve("elsewhere"));
        assertTurnedAway(StoreAccess.of(settings(authority.issue("asker"), other)));
    }

    @Test
    void whatIsWrongWithTheFilesIsSaidWithTheSettings() throws Exception {
        Authority.Identity own = authority.issue("halfway");
        Path noKey = Files.writeString(folder.resolve("no.key"), "not a key");
        Map<String, String> given = Map.of(
                "rewind.tls.certificate", own.certificate().toString(),
                "rewind.tls.key", noKey.toString(),
                "rewind.tls.authorities", authority.certificate().toString());
        for (Settings settings : List.of(
                Settings.of(given),
                Settings.of(Map.of("rewind.tls.certificate", own.certificate().toString())))) {
            assertThat(Certificates.of(settings)).isEmpty();
            assertThatThrownBy(settings::check).isInstanceOf(Fault.class).hasMessageContaining("rewind.tls: ");
        }
    }
}
