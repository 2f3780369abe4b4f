package io.rewind.schemas.client;

import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import io.rewind.runtime.process.PageRanges;
import java.util.List;

/** Pages from lists of how many there are in turn outside and inside of the set. For one thread. */
final class Steps {
    /** As many as there are with five levels of page tables. */
    private static final long MOST = 1L << 52;

    private final PageRanges.Builder pages = new PageRanges.Builder();
    private long at;

    /** @throws Fault REJECTED STORE_DAMAGED for steps that no set of pages has */
    void add(List<Long> steps) {
        boolean inside = false;
        for (long step : steps) {
            if (step < 0 || step > MOST - at) {
                throw new Fault(ClientFault.STORE_DAMAGED, Severity.REJECTED, "the store names pages out of reach");
            }
            if (inside) {
                pages.add(at, at + step);
            }
            at += step;
            inside = !inside;
        }
    }

    PageRanges pages() {
        return pages.build();
    }
}
