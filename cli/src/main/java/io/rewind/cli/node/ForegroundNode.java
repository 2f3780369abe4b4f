package io.rewind.cli.node;

import io.rewind.cli.folder.DataFolder;
import io.rewind.cli.output.LogSetup;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.priority.Priority;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A node that has this process to itself until the process is told to end (SIGTERM, SIGINT). */
public final class ForegroundNode {
    private ForegroundNode() {}

    /** Does not return before the process ends. @throws io.rewind.runtime.fault.Fault when the node cannot start */
    public static void run(DataFolder folder, Consumer<NodeFile> ready) {
        folder.create();
        System.setProperty("rewind.log", folder.log().toString());
        Settings settings = NodeSettings.read(folder);
        LogSetup.apply("logback-node.xml", settings);
        int nice = settings.number("rewind.nice", 0, 19);
        settings.check();
        Node node = new Node(folder);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(node::close));
        NodeFile started = node.start();
        // Whoever started it waited until here.
        boolean _ = Priority.stepBack(nice);
        ready.accept(started);
        waitForEver();
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
