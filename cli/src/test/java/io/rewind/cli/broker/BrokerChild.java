package io.rewind.cli.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, so that it can be killed: says where it listens, then waits. */
final class BrokerChild {
    private BrokerChild() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedBroker broker = new EmbeddedBroker(Path.of(args[0]), 0, 64 << 20);
        broker.start();
        System.out.println("listening " + broker.bootstrap());
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
