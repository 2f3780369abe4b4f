package io.rewind.store.upkeep;

import io.rewind.store.collect.CollectSettings;
import io.rewind.store.retention.KeepPolicy;
import java.time.Duration;

/**
 * How the store is kept in order.
 *
 * @param keep the policy of timelines that have no other
 * @param limit bytes that all partitions together may take; zero: no limit
 * @param interval between looks at what is to be done
 * @param waste the share of body files that may be garbage before they are written anew
 */
public record UpkeepSettings(KeepPolicy keep, long limit, Duration interval, double waste, CollectSettings collect) {}
