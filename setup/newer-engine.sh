# Debian sid's Docker engine beside the machine's own, and the integration tests against it. Sourced by ./rewind; needs
# say, may_install, apt_install, private_closure from setup/host.sh.

NEWER_ENGINE=/opt/rewind/engine

# Engine, containerd, its shim and runc start themselves anew by the path of their program, so they are told which loader
# and libraries are theirs, as a private JDK is.
need_newer_engine() {
    [ -x "$NEWER_ENGINE/programs/dockerd" ] && return 0
    by_hand="put the programs of a newer Docker engine into $NEWER_ENGINE/programs by hand"
    may_install "$by_hand"
    say "putting Debian sid's Docker engine into $NEWER_ENGINE (the machine's own stays as it is)"
    command -v patchelf >/dev/null 2>&1 || apt_install "$by_hand" patchelf
    private_closure "$by_hand" "$NEWER_ENGINE" sid docker.io docker-cli
    mkdir "$NEWER_ENGINE/new"
    for program in dockerd docker docker-proxy containerd containerd-shim-runc-v2 runc; do
        cp -L "$(ls -d "$NEWER_ENGINE"/usr/*bin/"$program" | head -n 1)" "$NEWER_ENGINE/new/"
        patchelf --set-interpreter "$(private_loader "$NEWER_ENGINE")" --force-rpath \
            --set-rpath "$(private_libraries "$NEWER_ENGINE")" "$NEWER_ENGINE/new/$program" ||
            fail "Debian sid's $program could not be prepared; $by_hand"
    done
    cp -L "$NEWER_ENGINE/usr/bin/docker-init" "$NEWER_ENGINE/new/"
    mv "$NEWER_ENGINE/new" "$NEWER_ENGINE/programs"
}

# The engine runs in network, mount and pid namespaces, where it has the usual sockets and folders, and so have the tests;
# no registry is reached from there, so what Maven needs is brought before. Ends with the tests' exit code.
run_newer_engine_tests() { # HOME [MAVEN-ARGUMENT...]
    cd "$1"
    shift
    [ $# -gt 0 ] || set -- '-Dtest=*IT'
    newer=$(mktemp -d /var/lib/rewind-newer.XXXXXX)
    trap 'rm -rf "$newer"' EXIT
    docker save $(docker images --format '{{.Repository}}' | grep '^rewind-test/') >"$newer/images.tar"
    # One test that needs nothing: it brings what runs tests.
    JAVA_HOME=$JAVA25 mvn -q -B test -Dspotless.check.skip=true -Dtest=ListingTest \
        -Dsurefire.failIfNoSpecifiedTests=false || fail "the build failed"
    PATH=$NEWER_ENGINE/programs:$PATH JAVA_HOME=$JAVA25 unshare --net --mount --pid --fork --kill-child --mount-proc sh "$home/setup/in-newer-engine" "$newer" \
        mvn -B -o test -Dspotless.check.skip=true -Dsurefire.failIfNoSpecifiedTests=false "$@"
    exit
}
