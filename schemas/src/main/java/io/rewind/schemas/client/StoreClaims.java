package io.rewind.schemas.client;

import io.rewind.event.ServiceAnnounced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which store has which partition, by what stores said last. A partition belongs to whoever claimed it last, so an
 * instance that died without a word stops counting once another has taken over all it had.
 */
final class StoreClaims {
    static final String SERVICE = "store";

    private final Map<String, ServiceAnnounced> newest = new HashMap<>();

    void accept(ServiceAnnounced announced) {
        if (announced.getService().equals(SERVICE)) {
            newest.put(announced.getInstance(), announced);
        }
    }

    /** {@code host:port} of every store that has a partition, each once. */
    List<String> endpoints() {
        List<ServiceAnnounced> byAge = new ArrayList<>(newest.values());
        byAge.sort(Comparator.comparing(ServiceAnnounced::getAt));
        Map<Integer, String> owner = new HashMap<>();
        for (ServiceAnnounced claim : byAge) {
            claim.getPartitions().forEach(partition -> owner.put(partition, claim.getEndpoint()));
        }
        return owner.values().stream().distinct().sorted().toList();
    }
}
