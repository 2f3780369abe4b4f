package io.rewind.restore.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** How far a restore has come. A step is on disk before anything is done that the step before does not cover. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Step.Preparing.class, name = "preparing"),
    @JsonSubTypes.Type(value = Step.Switching.class, name = "switching"),
    @JsonSubTypes.Type(value = Step.Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = Step.Arriving.class, name = "arriving"),
    @JsonSubTypes.Type(value = Step.Undoing.class, name = "undoing"),
    @JsonSubTypes.Type(value = Step.Ended.class, name = "ended")
})
public sealed interface Step {
    /** What is worked on, once it is known. */
    default Optional<Target> at() {
        return Optional.empty();
    }

    /** The request is ours; nothing was touched. */
    record Accepted() implements Step {
        public Preparing prepare(Target target) {
            return new Preparing(target);
        }
    }

    /** Folders are filled and a container may have been created; the present one runs on. */
    record Preparing(Target target) implements Step {
        /** @param undoPoint empty where the present is not captured */
        public Switching toSwitch(String undoPoint) {
            return new Switching(target, undoPoint);
        }

        @Override
        public Optional<Target> at() {
            return Optional.of(target);
        }
    }

    /** The present container is being stopped or put aside, its files exchanged. */
    record Switching(Target target, String undoPoint) implements Step {
        public Starting start() {
            return new Starting(target, undoPoint);
        }

        @Override
        public Optional<Target> at() {
            return Optional.of(target);
        }
    }

    /** Everything is in place and the engine is asked to start; if the container runs now it is the restored one. */
    record Starting(Target target, String undoPoint) implements Step {
        /** @param running id of the restored container */
        public Arriving arrive(String running) {
            return new Arriving(target, undoPoint, running);
        }

        @Override
        public Optional<Target> at() {
            return Optional.of(target);
        }
    }

    /** The restored container runs, and needs the images until all of its memory is there. */
    record Arriving(Target target, String undoPoint, String running) implements Step {
        @Override
        public Optional<Target> at() {
            return Optional.of(target);
        }
    }

    /** It did not work; the present is being put back. */
    record Undoing(Target target, String undoPoint, String code, String message) implements Step {
        @Override
        public Optional<Target> at() {
            return Optional.of(target);
        }
    }

    /**
     * The answer is known; folders and the old container may be left.
     *
     * @param done the one thing worked on, or nothing when the request was refused before
     * @param result a RestoreProgress, encoded, base64
     */
    record Ended(List<Target> done, boolean failed, String result) implements Step {
        public Ended {
            done = List.copyOf(done);
        }

        @Override
        public Optional<Target> at() {
            return done.stream().findFirst();
        }
    }
}
