package io.rewind.schemas.client;

import io.rewind.read.PointDescription;
import io.rewind.read.PointPart;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a point's description and ends the call. */
final class DescriptionFirst implements Consumer<PointPart> {
    private Optional<PointDescription> description = Optional.empty();

    @Override
    public void accept(PointPart part) {
        if (part.hasDescription()) {
            description = Optional.of(part.getDescription());
        }
        throw new Enough();
    }

    /** @throws Fault STORE_DAMAGED when the point did not begin with it */
    PointDescription description() {
        return description.orElseThrow(() -> new Fault(
                ClientFault.STORE_DAMAGED, Severity.REJECTED, "the store sent a point without its description"));
    }

    /** Control flow only. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }
}
