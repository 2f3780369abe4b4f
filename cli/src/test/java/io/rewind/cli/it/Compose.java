package io.rewind.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

/** The containers that Docker Compose made. */
final class Compose {
    private static final String PROJECT = System.getenv().getOrDefault("COMPOSE_PROJECT_NAME", "rewind");

    private Compose() {}

    /** The id of a service's container. */
    static String container(String service) {
        String id = Docker.run(
                "ps",
                "--all",
                "--quiet",
                "--filter",
                "label=com.docker.compose.project=" + PROJECT,
                "--filter",
                "label=com.docker.compose.service=" + service);
        assertThat(id).as(service).matches("[0-9a-f]+");
        return id;
    }
}
