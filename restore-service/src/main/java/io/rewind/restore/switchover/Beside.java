package io.rewind.restore.switchover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.event.PortBinding;
import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.container.Clone;
import io.rewind.restore.container.Created;
import io.rewind.restore.container.Replacement;
import io.rewind.restore.engine.Engine;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.journal.Target;
import io.rewind.restore.tree.Stage;
import io.rewind.schemas.id.RequestId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A clone: a container of its own, started from the images while the captured one does what it likes. */
final class Beside implements Switchover {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Starter starter;
    private final Engine engine;
    private final Target target;
    private final RequestId request;
    private final List<PortBinding> ports;
    private final byte[] spec;

    /** @param spec of the captured container, JSON; only needed until it has been created */
    Beside(Starter starter, Target target, RequestId request, List<PortBinding> ports, byte[] spec) {
        this.starter = starter;
        this.engine = starter.engine();
        this.target = target;
        this.request = request;
        this.ports = ports;
        this.spec = spec;
    }

    /** What a clone of this point will not have, a clause each. */
    static List<String> leftOut(byte[] spec, List<PortBinding> ports, RequestId request, Engine engine) {
        return Clone.of(parse(spec), ports, request, engine::hasNetwork).leftOut();
    }

    @Override
    public Inspected receiver() {
        Optional<Inspected> made = made();
        if (made.isPresent()) {
            return made.get();
        }
        Created created = Clone.of(parse(spec), ports, request, engine::hasNetwork);
        engine.create(target.name(), created.body());
        return made().orElseThrow(() -> RestoreCode.ENGINE_REFUSED.because("The container just created is not there."));
    }

    private static JsonNode parse(byte[] spec) {
        try {
            JsonNode json = JSON.readTree(spec);
            return json.isArray() ? json.path(0) : json;
        } catch (IOException e) {
            throw RestoreCode.POINT_DAMAGED.because("The point's description of its container is not JSON.", e);
        }
    }

    @Override
    public void filesReady(Stage stage) {
        Exchange.into(receiver().upperDirectory(), stage);
    }

    @Override
    public void takeOver(Stage stage, Path images) {
        starter.prepare(receiver().id(), images);
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
    public String undo(Stage stage) {
        made().ifPresent(half -> {
            starter.pending().clear(half.id());
            engine.remove(half.id());
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
    public boolean forwardAfterCrash() {
        return false;
    }

    private Optional<Inspected> made() {
        return engine.inspect(target.name()).filter(c -> Replacement.madeFor(request, c));
    }
}
