# The Docker engine, and the OCI runtime `rewind` registered with it. Sourced by ./rewind.

DAEMON_JSON=/etc/docker/daemon.json
OCI_RUNTIME=/usr/local/bin/rewind-runc

engine_answers() { docker info >/dev/null 2>&1; }

need_engine() {
    engine_answers && return 0
    by_hand="install and start Docker Engine 20.10 or later by hand"
    if ! command -v dockerd >/dev/null 2>&1; then
        may_install "$by_hand"
        say "installing docker.io: the engine whose containers Rewind captures"
        apt_install "$by_hand" docker.io
        engine_answers && return 0
    fi
    [ "$(id -u)" = 0 ] || fail "the Docker engine does not answer; start it, or join the group that may talk to it"
    if [ -d /run/systemd/system ]; then
        say "starting the Docker engine (systemctl start docker)"
        systemctl start docker || fail "the Docker engine did not start; see journalctl -u docker"
    else
        say "starting the Docker engine (dockerd, no init system here); its log: /var/log/dockerd.log"
        # An engine that was killed leaves its number behind; should another program have it now, the new engine would
        # take that one for itself.
        old=$(cat /var/run/docker.pid 2>/dev/null || true)
        [ -z "$old" ] || [ "$(cat "/proc/$old/comm" 2>/dev/null)" = dockerd ] || rm -f /var/run/docker.pid
        # Not a child of ours: it stays when this command ends. Experimental for `bench peers` alone: the engine's own
        # checkpoints, which Rewind is compared with, are hidden behind that.
        setsid dockerd --experimental >>/var/log/dockerd.log 2>&1 </dev/null &
    fi
    tries=150
    until engine_answers; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "the Docker engine does not answer after 30 s; see /var/log/dockerd.log"
        sleep 0.2
    done
}

# Registering takes a reload (SIGHUP), which leaves containers and engine running; never a restart.
need_runtime() { # HOME
    script=$1/restore-service/src/main/resources/oci/rewind-runc
    if ! cmp -s "$script" "$OCI_RUNTIME"; then
        [ "$(id -u)" = 0 ] || fail "not root; copy $script to $OCI_RUNTIME by hand, or run this once as root"
        say "installing the OCI runtime $OCI_RUNTIME: it turns docker start into a restore where one is pending"
        mkdir -p "$(dirname "$OCI_RUNTIME")"
        cp "$script" "$OCI_RUNTIME.new"
        chmod 755 "$OCI_RUNTIME.new"
        mv "$OCI_RUNTIME.new" "$OCI_RUNTIME"
    fi
    runtime_registered && return 0
    by_hand="add {\"runtimes\": {\"rewind\": {\"path\": \"$OCI_RUNTIME\"}}} to $DAEMON_JSON and reload the engine"
    [ "$(id -u)" = 0 ] || fail "not root; $by_hand"
    say "registering the runtime rewind in $DAEMON_JSON and reloading the engine (no restart)"
    mkdir -p "$(dirname "$DAEMON_JSON")"
    if [ -s "$DAEMON_JSON" ]; then
        if ! command -v jq >/dev/null 2>&1; then
            may_install "$by_hand"
            apt_install "$by_hand" jq
        fi
        jq --arg path "$OCI_RUNTIME" '.runtimes.rewind = {"path": $path}' "$DAEMON_JSON" >"$DAEMON_JSON.new" ||
            fail "$DAEMON_JSON is not valid JSON; $by_hand"
        cp -p "$DAEMON_JSON" "$DAEMON_JSON.before-rewind"
    else
        printf '{"runtimes": {"rewind": {"path": "%s"}}}\n' "$OCI_RUNTIME" >"$DAEMON_JSON.new"
    fi
    mv "$DAEMON_JSON.new" "$DAEMON_JSON"
    reload_engine
    tries=50
    until runtime_registered; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || fail "the engine did not take up the runtime; restart it yourself when it suits you"
        sleep 0.2
    done
}

runtime_registered() {
    docker info --format '{{json .Runtimes}}' 2>/dev/null | grep -q "\"rewind\":{\"path\":\"$OCI_RUNTIME\""
}

reload_engine() {
    if [ -d /run/systemd/system ]; then
        systemctl reload docker
    else
        kill -HUP "$(cat /var/run/docker.pid)"
    fi
}
