package io.rewind.runtime.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several services as one: started in the order given, closed in reverse. */
public final class Services implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Services.class);

    private final List<Service> services;
    private final Deque<Service> started = new ArrayDeque<>();

    public Services(List<? extends Service> services) {
        this.services = List.copyOf(services);
    }

    /** Starts all; when one fails, closes those already started and throws. */
    public synchronized void start() {
        for (Service service : services) {
            try {
                service.start();
                started.push(service);
            } catch (RuntimeException | Error e) {
                close();
                throw e;
            }
        }
    }

    /** At any time, also while some are starting. */
    public Map<String, Service.State> states() {
        Map<String, Service.State> states = new TreeMap<>();
        services.forEach(s -> states.put(s.name(), s.state()));
        return states;
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            Service service = started.pop();
            try {
                service.close();
            } catch (RuntimeException e) {
                log.error("{} did not stop cleanly", service.name(), e);
            }
        }
    }
}
