package io.rewind.restore.resolve;

import io.rewind.runtime.fault.Fault;
import io.rewind.schemas.id.ContainerName;

/** Whether a text that somebody else stored may be asked of the engine. */
final class ContainerNames {
    private ContainerNames() {}

    static boolean isValid(String text) {
        try {
            return new ContainerName(text).text().equals(text);
        } catch (Fault e) {
            return false;
        }
    }
}
