package io.rewind.capture.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code docker exec} with an end. */
final class Executions {
    private static final int KEPT = 4 << 10;

    private final DockerClient docker;

    Executions(DockerClient docker) {
        this.docker = docker;
    }

    Execution run(String container, String command, Duration limit) throws InterruptedException, IOException {
        String id = docker.execCreateCmd(container)
                .withCmd("/bin/sh", "-c", command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        try (Output output = docker.execStartCmd(id).exec(new Output())) {
            boolean inTime = output.awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS);
            InspectExecResponse state = docker.inspectExecCmd(id).exec();
            if (!inTime) {
                kill(state);
            }
            Long exit = state.getExitCodeLong();
            return new Execution(inTime, exit == null ? -1 : exit, output.text());
        }
    }

    /** The engine has no call for it; it tells the pid on its host, which is ours. */
    private static void kill(InspectExecResponse state) {
        Long pid = state.getPidLong();
        if (pid != null && pid > 1 && Boolean.TRUE.equals(state.isRunning())) {
            ProcessHandle.of(pid).ifPresent(shell -> {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            });
        }
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void onNext(Frame frame) {
            byte[] payload = frame.getPayload();
            bytes.write(payload, 0, Math.min(payload.length, KEPT - Math.min(KEPT, bytes.size())));
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
