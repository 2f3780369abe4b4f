# The stack of docker-compose.yml on images made from Debian's packages and the build, and its proof. Sourced by ./rewind;
# needs say, fail, apt_install, private_closure from setup/host.sh, complete_root from setup/images.sh.

# `docker compose`, or its predecessor, which Debian has: the file suits both.
compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose "$@"
    else
        docker-compose "$@"
    fi
}

need_compose() {
    docker compose version >/dev/null 2>&1 && return 0
    by_hand="install Docker Compose by hand"
    if ! command -v docker-compose >/dev/null 2>&1; then
        may_install "$by_hand"
        say "installing docker-compose: it starts the stack"
        apt_install "$by_hand" docker-compose
    fi
    version_at_least "$(docker-compose version --short)" 1.28 || fail "docker-compose is older than 1.28; $by_hand"
}

# Java, CRIU and what the agent calls, of the one suite that has all of them: the base of all images made here.
need_local_debian() {
    docker image inspect rewind-local/debian >/dev/null 2>&1 && return 0
    need_busybox
    by_hand="make an image rewind-local/debian with java 25 and criu by hand"
    may_install "$by_hand"
    say "making the image rewind-local/debian from Debian sid's packages (a JRE and CRIU)"
    local_root=$(mktemp -d)
    private_closure "$by_hand" "$local_root/root" sid base-files bash dash coreutils util-linux sed grep findutils tar gzip \
        criu openjdk-25-jre-headless
    complete_root "$local_root/root"
    ln -s "$(cd "$local_root/root" && ls -d usr/lib/jvm/java-25-openjdk-*/bin/java | sed 's#^usr#..#')" \
        "$local_root/root/usr/bin/java"
    echo 'hosts: files dns' >"$local_root/root/etc/nsswitch.conf"
    tar -C "$local_root/root" -c . | docker import - rewind-local/debian >/dev/null
    rm -rf "$local_root"
}

# Kafka from the broker's jars, Prometheus from Debian's package.
need_local_images() { # HOME
    need_local_debian
    say "making the images rewind-local/kafka and rewind-local/prometheus"
    docker build -q -t rewind-local/kafka -f "$1/setup/kafka/Dockerfile" \
        --build-arg JRE_IMAGE=rewind-local/debian "$1" >/dev/null || fail "Kafka's image could not be made"
    printf '%s\n' 'FROM rewind-local/debian' 'COPY prometheus /bin/prometheus' \
        'RUN mkdir /prometheus && chown 65534:65534 /prometheus' 'USER 65534:65534' 'ENTRYPOINT ["/bin/prometheus"]' |
        docker build -q -t rewind-local/prometheus -f - "$REWIND_PROMETHEUS" >/dev/null ||
        fail "Prometheus' image could not be made"
}

# Starts the stack by the one command, proves it, takes it away. Ends with the tests' exit code.
run_composed_tests() { # HOME
    export COMPOSE_PROJECT_NAME=rewind-composed KAFKA_IMAGE=rewind-local/kafka PROMETHEUS_IMAGE=rewind-local/prometheus
    export JRE_IMAGE=rewind-local/debian HOST_IMAGE=rewind-local/debian
    DOCKER_ROOT=$(docker info --format '{{.DockerRootDir}}')
    REWIND_DATA=$(mktemp -d /var/lib/rewind-composed.XXXXXX)
    # An engine that lacks a capability itself cannot give all of them.
    REWIND_PRIVILEGED=true
    docker run --rm --privileged rewind-local/debian true 2>/dev/null || REWIND_PRIVILEGED=false
    export DOCKER_ROOT REWIND_DATA REWIND_PRIVILEGED
    cd "$1"
    trap 'compose down --volumes --rmi local >/dev/null 2>&1; rm -rf "$REWIND_DATA"' EXIT
    # What would take containers away after a test that is killed, and what would find out where the engine's ports are when
    # this machine looks like a container, are images of their own, which no registry gives here.
    JAVA_HOME=$JAVA25 TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 \
        mvn -B -pl cli -am test -Dtest=KafkaImage -Dsurefire.failIfNoSpecifiedTests=false || exit
    say "docker compose up"
    compose up --detach --build >"$REWIND_DATA/up.log" 2>&1 || {
        tail -n 20 "$REWIND_DATA/up.log" >&2
        fail "the stack did not start"
    }
    code=0
    JAVA_HOME=$JAVA25 mvn -B -pl cli -am test -Dtest=ComposedStack -Dsurefire.failIfNoSpecifiedTests=false || code=$?
    [ "$code" = 0 ] || compose logs --tail 40 >&2
    exit "$code"
}
