package io.rewind.capture.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rewind.capture.docker.Container;
import io.rewind.capture.freeze.Freezer;
import io.rewind.capture.freeze.MountTable;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A container that runs.
 *
 * @param overlay whether its root is an overlay with an upper directory
 * @param located whether the engine tells where that is
 * @param processes the first one first
 */
record ContainerFacts(String name, boolean terminal, boolean overlay, boolean located, List<ProcessFacts> processes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws io.rewind.runtime.fault.Fault READ_FAILED when it does not run any more */
    static ContainerFacts of(Container container, Freezer freezer) {
        List<ProcessFacts> processes = new ArrayList<>();
        for (ProcessKey process : freezer.processes(container)) {
            try {
                ProcessFacts facts = ProcessFacts.of(process);
                processes.add(process.pid() == container.pid() ? 0 : processes.size(), facts);
            } catch (IOException e) {
                // Ended since it was listed.
            }
        }
        return new ContainerFacts(
                container.name(),
                container.tty(),
                MountTable.of(container.pid()).upperDirectory().isPresent(),
                located(container.inspect()),
                processes);
    }

    private static boolean located(String inspect) {
        try {
            return !JSON.readTree(inspect)
                    .at("/GraphDriver/Data/UpperDir")
                    .asText()
                    .isEmpty();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
