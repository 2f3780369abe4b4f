package io.rewind.store.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.schemas.id.TimelineId;
import io.rewind.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyInForceTest {
    private static final TimelineId TIMELINE = new TimelineId("aaaaaaaaaaaa");
    private static final PolicyInForce POLICIES = new PolicyInForce(KeepPolicy.parse("1/h"));

    @Test
    void whatWasSetGoesBeforeTheLabelAndThatBeforeTheStores(@TempDir Path folder) {
        try (TestStore store = new TestStore(folder)) {
            assertThat(policy(store, "{}")).isEqualTo("1/h");
            assertThat(policy(store, "not json")).isEqualTo("1/h");
            String labelled = "{\"Config\":{\"Labels\":{\"rewind.keep\":\"all for 2h\"}}}";
            assertThat(policy(store, labelled)).isEqualTo("all for 2h");
            store.writeBatch(batch -> PolicyInForce.set(TIMELINE, KeepPolicy.parse("1/d"), batch));
            assertThat(policy(store, labelled)).isEqualTo("1/d");
        }
    }

    @Test
    void aLabelThatNobodyUnderstandsLetsNothingGo(@TempDir Path folder) {
        try (TestStore store = new TestStore(folder)) {
            assertThat(policy(store, "{\"Config\":{\"Labels\":{\"rewind.keep\":\"some\"}}}"))
                    .isEqualTo("all");
        }
    }

    private static String policy(TestStore store, String spec) {
        return POLICIES.of(TIMELINE, store.database(), spec.getBytes(StandardCharsets.UTF_8))
                .text();
    }
}
