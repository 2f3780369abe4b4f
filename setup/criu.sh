# CRIU 4.2 or later: the system's own, Debian's package where it is new enough, else a private copy.
# Sourced by ./rewind; needs say, fail, apt_install from setup/host.sh.

CRIU_MINIMUM=4.2
CRIU_PRIVATE=/opt/rewind/criu

criu_version() { "$1" --version 2>/dev/null | sed -n 's/^Version: *v*//p'; }

version_at_least() { # HAVE WANTED
    [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

need_criu() {
    found=$(command -v criu || true)
    [ -n "$found" ] && version_at_least "$(criu_version "$found")" "$CRIU_MINIMUM" && return 0
    by_hand="install CRIU $CRIU_MINIMUM or later by hand and put criu on the PATH"
    may_install "$by_hand"
    candidate=$(apt-cache policy criu 2>/dev/null | sed -n 's/^ *Candidate: //p')
    if version_at_least "$candidate" "$CRIU_MINIMUM"; then
        say "installing Debian's criu $candidate: containers are frozen and restored with it"
        apt_install "$by_hand" criu
    else
        install_private_criu "$by_hand"
    fi
    version_at_least "$(criu_version criu)" "$CRIU_MINIMUM" ||
        fail "criu on the PATH is $(criu_version criu), older than $CRIU_MINIMUM; $by_hand"
}

# A newer suite's criu needs that suite's libc. Both go into one private folder, so that nothing of the
# system's own is touched; a wrapper on the PATH starts it with its own loader. apt gets lists, cache and
# an empty package status of its own for this, and the mirror that the machine itself uses.
install_private_criu() { # BY_HAND
    say "this release has no CRIU $CRIU_MINIMUM: putting Debian sid's with its libraries into $CRIU_PRIVATE (the system's stay as they are)"
    mirror=$(apt_mirror)
    [ -n "$mirror" ] || fail "no Debian mirror found in the apt sources; $1"
    work=$(mktemp -d)
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/etc/preferences.d" "$work/etc/apt.conf.d"
    : >"$work/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$work/etc/sources.list"
    set -- "$1" -q -o "Dir::Etc=$work/etc" -o "Dir::Etc::sourcelist=$work/etc/sources.list" \
        -o "Dir::Etc::sourceparts=-" -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status" \
        -o "Dir::Cache=$work/cache" -o "APT::Install-Recommends=false" -o "APT::Sandbox::User=root" \
        -o "Acquire::Languages=none"
    by_hand=$1
    shift
    { apt-get "$@" update && apt-get "$@" -y --download-only install criu; } >"$work/log" 2>&1 || {
        tail -n 3 "$work/log" >&2
        rm -rf "$work"
        fail "Debian sid's criu could not be downloaded; $by_hand"
    }
    fresh=$CRIU_PRIVATE.new
    rm -rf "$fresh"
    mkdir -p "$fresh" /usr/local/sbin
    for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$fresh"; done
    rm -rf "$work" "$CRIU_PRIVATE"
    mv "$fresh" "$CRIU_PRIVATE"
    loader=$(ls "$CRIU_PRIVATE"/usr/lib*/ld-linux-*.so.* "$CRIU_PRIVATE"/usr/lib/*/ld-linux-*.so.* 2>/dev/null | head -n 1)
    libraries=$(dirname "$(ls "$CRIU_PRIVATE"/usr/lib/*/libc.so.6)")
    cat >/usr/local/sbin/criu.new <<WRAPPER
#!/bin/sh
exec $loader --library-path $libraries $CRIU_PRIVATE/usr/sbin/criu "\$@"
WRAPPER
    chmod 755 /usr/local/sbin/criu.new
    mv /usr/local/sbin/criu.new /usr/local/sbin/criu
}
