package io.rewind.restore.switchover;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.engine.Inspected;
import io.rewind.restore.tree.Stage;
import io.rewind.runtime.posix.Directory;
import io.rewind.runtime.posix.ErrnoException;
import io.rewind.runtime.posix.PathRefused;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file trees of a container on this host, each with a stage beside it for the one that is to take its place. The name
 * "" is what the container changed of its image, any other one what is mounted there. Where things lie is the engine's
 * word, never the point's (I9). What has no stage stays as it is.
 */
public final class Trees {
    /** The name of {@link #own}. */
    static final String OWN = "";

    private static final Logger log = LoggerFactory.getLogger(Trees.class);

    private record Tree(Path place, Stage stage) {}

    private final SortedMap<String, Tree> trees;

    private Trees(SortedMap<String, Tree> trees) {
        this.trees = trees;
    }

    /**
     * Those that belong to its points.
     *
     * @param stage name of the stages' folders
     */
    static Trees of(Inspected container, String stage) {
        return of(container, container.chosenMounts(), stage);
    }

    /** Of a container that was just made: nobody else's are mounted. */
    static Trees ofNew(Inspected container, String stage) {
        return of(container, container.mounts(), stage);
    }

    private static Trees of(Inspected container, Map<String, Path> mounts, String stage) {
        SortedMap<String, Tree> trees = new TreeMap<>();
        mounts.forEach((name, place) -> trees.put(name, beside(place, stage)));
        trees.put(OWN, beside(container.upperDirectory(), stage));
        return new Trees(trees);
    }

    private static Tree beside(Path place, String stage) {
        return new Tree(place, new Stage(place.resolveSibling(stage)));
    }

    Trees own() {
        return only(OWN::equals);
    }

    Trees mounted() {
        return only(name -> !name.equals(OWN));
    }

    private Trees only(Predicate<String> wanted) {
        SortedMap<String, Tree> some = new TreeMap<>(trees);
        some.keySet().removeIf(wanted.negate());
        return new Trees(some);
    }

    /** Where those of the names lie that are mounted. */
    Map<String, Path> places(Set<String> names) {
        Map<String, Path> places = new LinkedHashMap<>();
        mounted().only(names::contains).trees.forEach((name, tree) -> places.put(name, tree.place()));
        return places;
    }

    /**
     * The stages of those trees, and of the container's own, by name.
     *
     * @throws io.rewind.runtime.fault.Fault FILES_UNREACHABLE when the container lacks one
     */
    public Map<String, Stage> stages(Set<String> names) {
        Map<String, Stage> stages = new LinkedHashMap<>();
        trees.forEach((name, tree) -> {
            if (name.equals(OWN) || names.contains(name)) {
                stages.put(name, tree.stage());
            }
        });
        names.stream().filter(name -> !stages.containsKey(name)).findFirst().ifPresent(name -> {
            throw RestoreCode.FILES_UNREACHABLE.because("The point has the volume at " + name
                    + ", but the container has none there, or its labels leave it" + " out; restore a clone.");
        });
        return stages;
    }

    /**
     * Writes back what the file system of the container's own tree has not written yet, be it of others. The engine
     * unmounts the overlay of a container that was stopped, and the kernel does the same then: with a gigabyte of some
     * service's records still in memory, the container would be away for seconds.
     */
    public void writeBack() {
        Tree own = Objects.requireNonNull(trees.get(OWN));
        try (Directory place = Directory.open(own.place())) {
            place.syncFileSystem();
        } catch (ErrnoException | PathRefused e) {
            log.warn("{} is not written back: {}", own.place(), e.getMessage());
        }
    }

    /** What was built takes its place. Repeated, it changes nothing. */
    void exchange() {
        trees.values().forEach(tree -> Exchange.into(tree.place(), tree.stage()));
    }

    /** What stood there before is back. Repeated, it changes nothing. */
    void back() {
        trees.values().forEach(tree -> Exchange.back(tree.place(), tree.stage()));
    }

    /** With all that is in them. */
    void removeStages() {
        trees.values().forEach(tree -> tree.stage().remove());
    }

    /**
     * What stood there before and could not be put back is kept, out of reach of {@link #removeStages}.
     *
     * @return a clause for people; empty when there is nothing of that kind
     */
    String keepOld() {
        long kept =
                trees.values().stream().filter(tree -> tree.stage().keepOld()).count();
        return kept == 0 ? "" : ", those from before are kept beside them in folders called rewind-….kept";
    }
}
