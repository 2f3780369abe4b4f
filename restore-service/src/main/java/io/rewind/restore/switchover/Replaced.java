package io.rewind.restore.switchover;

import com.fasterxml.jackson.databind.JsonNode;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.container.Created;
import io.rewind.restore.container.Endpoints;
import io.rewind.restore.container.Replacement;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Target;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.RequestId;
import io.rewind.schemas.id.TimelineId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container that cannot be restored under its id makes room for one of the same configuration. The old one is paused,
 * not stopped, until the new one runs.
 */
final class Replaced implements Switchover {
    private final Starter starter;
    private final Engine engine;
    private final Target target;
    private final RequestId request;
    private final SavedSpec saved;
    private final String stage;

    /** @param stage name of the stages' folders */
    Replaced(Starter starter, Target target, RequestId request, SavedSpec saved, String stage) {
        this.starter = starter;
        this.engine = starter.engine();
        this.target = target;
        this.request = request;
        this.saved = saved;
        this.stage = stage;
    }

    @Override
    public Inspected receiver() {
        Optional<Inspected> made = made();
        if (made.isPresent()) {
            return made.get();
        }
        Inspected old = old();
        saved.write(old.json());
        boolean sameImage = engine.imageId(
                        old.json().path("Config").path("Image").asText())
                .filter(old.image()::equals)
                .isPresent();
        Created created = Replacement.of(old.json(), sameImage, new TimelineId(target.timeline()), request);
        String id = engine.create(freshName(), created.body());
        created.furtherNetworks().forEach((network, endpoint) -> engine.connect(network, id, endpoint));
        return made().orElseThrow(() -> RestoreCode.ENGINE_REFUSED.because("The container just created is not there."));
    }

    @Override
    public Trees trees() {
        return Trees.of(receiver(), stage);
    }

    @Override
    public void checkClaims(Set<String> names) {
        Claims.check(trees().places(names), Set.of(target.container()), engine);
    }

    /** Volumes are the old one's as well, which still runs. */
    @Override
    public void filesReady() {
        trees().own().exchange();
    }

    @Override
    public void takeOver(Path images) {
        Inspected old = old();
        String id = receiver().id();
        saved.write(old.json());
        if (old.running()) {
            engine.pause(old.id());
            if (old.ownNetwork()) {
                old.networks().fieldNames().forEachRemaining(network -> engine.disconnect(network, old.id()));
            }
        }
        trees().mounted().exchange();
        engine.rename(old.id(), asideName());
        engine.rename(id, target.name());
        starter.prepare(id, images);
    }

    @Override
    public String start() {
        String id = receiver().id();
        starter.start(id);
        return id;
    }

    @Override
    public boolean restored() {
        return made().filter(c -> starter.restored(c.id())).isPresent();
    }

    @Override
    public String undo() {
        made().ifPresent(half -> {
            starter.pending().clear(half.id());
            engine.remove(half.id(), false);
        });
        Inspected old = old();
        Trees.of(old, stage).back();
        engine.rename(old.id(), target.name());
        // Without a saved description it was not touched.
        Optional<Inspected> before = saved.read().map(Inspected::new);
        before.filter(Inspected::running).ifPresent(spec -> reconnect(old, spec.json()));
        return before.map(spec -> runAgain(old, spec)).orElse("it is as it was");
    }

    @Override
    public String lastResort() {
        Inspected old = old();
        String kept = Trees.of(old, stage).keepOld();
        return saved.read().map(Inspected::new).map(spec -> runAgain(old, spec)).orElse("it is as it was") + kept;
    }

    /** It may have ended meanwhile: with the host, or killed by somebody. */
    private String runAgain(Inspected old, Inspected before) {
        if (!before.running()) {
            return "it is stopped, as it was";
        }
        if (!old.running()) {
            engine.start(old.id());
            return "it had ended and was started anew with its files as they were";
        }
        if (!before.paused()) {
            engine.unpause(old.id());
        }
        return "it runs on as it was";
    }

    @Override
    public void settle() {
        made().ifPresent(replacement -> starter.pending().clear(replacement.id()));
        engine.inspect(target.container())
                .filter(old -> !Replacement.madeFor(request, old))
                .ifPresent(old -> engine.remove(old.id(), false));
    }

    @Override
    public void sweep() {
        made().or(() -> engine.inspect(target.container()))
                .ifPresent(container -> Trees.of(container, stage).removeStages());
    }

    @Override
    public boolean forwardAfterCrash() {
        return false;
    }

    private void reconnect(Inspected old, JsonNode spec) {
        Map<String, JsonNode> anyAddress = Endpoints.reconnectAnyAddress(spec);
        Endpoints.reconnect(spec).forEach((network, endpoint) -> {
            if (!old.networks().has(network) && old.ownNetwork()) {
                try {
                    engine.connect(network, old.id(), endpoint);
                } catch (Fault e) {
                    engine.connect(network, old.id(), anyAddress.getOrDefault(network, endpoint));
                }
            }
        });
    }

    private Inspected old() {
        return engine.inspect(target.container())
                .orElseThrow(() -> RestoreCode.CONTAINER_UNKNOWN.because(target.name() + " is gone."));
    }

    private Optional<Inspected> made() {
        return List.of(freshName(), target.name()).stream()
                .flatMap(name -> engine.inspect(name).stream())
                .filter(c -> Replacement.madeFor(request, c) && !c.id().equals(target.container()))
                .findFirst();
    }

    private String freshName() {
        return target.name() + ".rewind-new-" + shortened();
    }

    private String asideName() {
        return target.name() + ".rewind-" + shortened();
    }

    private String shortened() {
        return request.text().substring(0, Math.min(8, request.text().length()));
    }
}
