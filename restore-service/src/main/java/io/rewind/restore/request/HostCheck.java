package io.rewind.restore.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.event.RestoreRequested;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.container.Description;
import io.rewind.restore.host.Differences;
import io.rewind.restore.journal.Target;
import io.rewind.restore.plan.PointPlan;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this host can take a point: one like that it was captured on, and the image that its files lie on. */
final class HostCheck {
    private static final Logger log = LoggerFactory.getLogger(HostCheck.class);

    private final Bench bench;
    private final RestoreRequested request;

    HostCheck(Bench bench, RestoreRequested request) {
        this.bench = bench;
        this.request = request;
    }

    /** @throws io.rewind.runtime.fault.Fault HOST_DIFFERS, IMAGE_MISSING */
    void run(Target target, PointPlan plan) {
        requireLike(plan);
        switch (target.way()) {
            case IN_PLACE -> {}
            case REPLACED -> {
                String image = bench.engine()
                        .inspect(target.container())
                        .map(c -> c.image())
                        .orElse("");
                if (!isHere(image)) {
                    throw missing(plan, image);
                }
            }
            case CLONE -> requireImage(plan);
        }
    }

    private void requireLike(PointPlan plan) {
        List<String> differences = Differences.between(plan.header().getFingerprint(), bench.fingerprint());
        if (differences.isEmpty()) {
            return;
        }
        String clauses = String.join(", ", differences);
        if (!request.getForce()) {
            throw RestoreCode.HOST_DIFFERS.because(
                    "The point cannot be expected to run here: " + clauses + "; --force tries it all the same.");
        }
        log.warn("{}: tried all the same, though {}", request.getRequest(), clauses);
    }

    /** The id is of the content, so an image of this id is the image, wherever it came from. */
    private void requireImage(PointPlan plan) {
        JsonNode spec = Description.of(plan.spec());
        String image = spec.path("Image").asText();
        String name = spec.path("Config").path("Image").asText();
        if (!isHere(image) && bench.pull() && !image.isEmpty()) {
            bench.engine().pull(name);
        }
        if (!isHere(image)) {
            throw missing(plan, image);
        }
    }

    private boolean isHere(String image) {
        return !image.isEmpty() && bench.engine().imageId(image).isPresent();
    }

    private static RuntimeException missing(PointPlan plan, String image) {
        return RestoreCode.IMAGE_MISSING.because("The image " + plan.header().getImage() + " (" + image
                + ") is not on this machine, nor to be had under its name; load it first.");
    }
}
