package io.rewind.cli.it;

import io.rewind.cli.client.Session;
import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.node.NodeProcess;
import io.rewind.cli.node.RunningNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A node in a process of its own, so that it can be killed. As an extension: one for all tests of the run. */
final class LiveNode implements ParameterResolver {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A running node, its folder, and a session with it. */
    static final class Live implements AutoCloseable {
        private final Path path;
        private final DataFolder folder;
        private Session session;

        Live() {
            this("");
        }

        /** @param settings HOCON, over the reference settings */
        Live(String settings) {
            try {
                path = Files.createTempDirectory("rewind-it-");
                folder = new DataFolder(path);
                Files.writeString(folder.settings(), settings);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            session = new Session(start().file().bootstrap());
        }

        Session session() {
            return session;
        }

        DataFolder folder() {
            return folder;
        }

        RunningNode node() {
            return RunningNode.require(folder);
        }

        private RunningNode start() {
            return NodeProcess.start(folder, "io.rewind.cli.Main", LIMIT, waited -> {});
        }

        /** SIGKILL. */
        void kill() {
            ProcessHandle process = ProcessHandle.of(node().file().pid()).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        }

        void startAgain() {
            session.close();
            session = new Session(start().file().bootstrap());
        }

        @Override
        public void close() {
            session.close();
            NodeProcess.end(folder, LIMIT);
            try (Stream<Path> all = Files.walk(path)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Live.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LiveNode.class))
                .computeIfAbsent(Live.class);
    }
}
