package io.rewind.restore.present;

import io.rewind.schemas.id.PointId;
import io.rewind.schemas.id.RequestId;

/** Asks for a point of a container as it is now. */
@FunctionalInterface
public interface PresentCapture {
    /**
     * @param container the engine's id
     * @return the point, once it is durable
     * @throws io.rewind.runtime.fault.Fault PRESENT_NOT_CAPTURED, with the reason
     */
    PointId capture(String container, RequestId request);
}
