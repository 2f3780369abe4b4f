package io.rewind.store.read;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.content.ContentFault;
import io.rewind.schemas.id.IdFault;
import io.rewind.store.fault.StoreFault;
import io.rewind.store.metrics.StoreMetrics;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each call on a thread of its own, so many at most at a time, and turns faults into statuses. */
final class Answers {
    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private final Semaphore free;
    private final StoreMetrics metrics;

    Answers(int most, StoreMetrics metrics) {
        this.free = new Semaphore(most);
        this.metrics = metrics;
    }

    <T> void answer(String method, StreamObserver<T> observer, Consumer<Outflow<T>> work) {
        if (!free.tryAcquire()) {
            end(method, observer, Status.RESOURCE_EXHAUSTED.withDescription("too many readers; ask again later"));
            return;
        }
        Outflow<T> out = new Outflow<>(observer);
        Thread.ofVirtual().name("store-read").start(() -> {
            try {
                work.accept(out);
                metrics.read(method, Status.Code.OK.name());
                observer.onCompleted();
            } catch (Outflow.Gone e) {
                metrics.read(method, Status.Code.CANCELLED.name());
            } catch (Fault fault) {
                end(method, observer, statusOf(fault));
            } catch (RuntimeException | Error e) {
                log.error("{} failed", method, e);
                end(method, observer, Status.INTERNAL.withDescription("the store failed: " + e));
            } finally {
                free.release();
            }
        });
    }

    private void end(String method, StreamObserver<?> observer, Status status) {
        metrics.read(method, status.getCode().name());
        observer.onError(status.asRuntimeException());
    }

    private static Status statusOf(Fault fault) {
        Status status = switch (fault.code()) {
            case StoreFault code ->
                switch (code) {
                    case POLICY_INVALID -> Status.INVALID_ARGUMENT;
                    case TIMELINE_UNKNOWN, POINT_UNKNOWN, CHUNK_MISSING -> Status.NOT_FOUND;
                    case QUERY_INVALID -> Status.INVALID_ARGUMENT;
                    case STORE_DAMAGED -> Status.DATA_LOSS;
                    case STORE_CLOSING -> Status.UNAVAILABLE;
                    default -> Status.INTERNAL;
                };
            case IdFault _ -> Status.INVALID_ARGUMENT;
            case ContentFault _ -> Status.DATA_LOSS;
            default -> Status.INTERNAL;
        };
        return status.withDescription(fault.sentence());
    }
}
