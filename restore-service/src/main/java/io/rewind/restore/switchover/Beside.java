package io.rewind.restore.switchover;

import io.rewind.event.PortBinding;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.container.Clone;
import io.rewind.restore.container.Created;
import io.rewind.restore.container.Description;
import io.rewind.restore.container.Replacement;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Target;
import io.rewind.schemas.id.RequestId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A clone: a container of its own, started from the images while the captured one does what it likes. */
final class Beside implements Switchover {
    private final Starter starter;
    private final Engine engine;
    private final Target target;
    private final RequestId request;
    private final List<PortBinding> ports;
    private final Captured captured;
    private final String stage;
    private final OptionalInt pageServer;

    /**
     * @param captured only needed until the clone has been created
     * @param stage name of the stages' folders
     * @param pageServer that has the memory that the images do not have
     */
    Beside(
            Starter starter,
            Target target,
            RequestId request,
            List<PortBinding> ports,
            Captured captured,
            String stage,
            OptionalInt pageServer) {
        this.starter = starter;
        this.engine = starter.engine();
        this.target = target;
        this.request = request;
        this.ports = ports;
        this.captured = captured;
        this.stage = stage;
        this.pageServer = pageServer;
    }

    /** What a clone of this point will not have, a clause each. */
    List<String> leftOut() {
        return described().leftOut();
    }

    @Override
    public Inspected receiver() {
        Optional<Inspected> made = made();
        if (made.isPresent()) {
            return made.get();
        }
        engine.create(target.name(), described().body());
        return made().orElseThrow(() -> RestoreCode.ENGINE_REFUSED.because("The container just created is not there."));
    }

    private Created described() {
        return Clone.of(Description.of(captured.spec()), ports, request, engine::hasNetwork, captured.trees());
    }

    @Override
    public Trees trees() {
        return Trees.ofNew(receiver(), stage);
    }

    /** All of it is new. */
    @Override
    public void checkClaims(Set<String> names) {}

    @Override
    public void filesReady() {
        trees().exchange();
    }

    @Override
    public void takeOver(Path images) {
        starter.prepareClone(receiver().id(), images, pageServer);
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
            engine.remove(half.id(), true);
        });
        return "nothing was left of the clone";
    }

    @Override
    public String lastResort() {
        return "something may be left of the clone";
    }

    @Override
    public void settle() {
        made().ifPresent(clone -> starter.pending().clear(clone.id()));
    }

    @Override
    public void sweep() {
        made().ifPresent(clone -> Trees.ofNew(clone, stage).removeStages());
    }

    @Override
    public boolean forwardAfterCrash() {
        return false;
    }

    private Optional<Inspected> made() {
        return engine.inspect(target.name()).filter(c -> Replacement.madeFor(request, c));
    }
}
