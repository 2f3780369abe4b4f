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

# A newer suite's criu needs that suite's libc: both go into one private folder, and a wrapper on the PATH starts it
# with its own loader.
install_private_criu() { # BY_HAND
    say "this release has no CRIU $CRIU_MINIMUM: putting Debian sid's with its libraries into $CRIU_PRIVATE (the system's stay as they are)"
    private_closure "$1" "$CRIU_PRIVATE" sid criu
    cat >/usr/local/sbin/criu.new <<WRAPPER
#!/bin/sh
exec $(private_loader "$CRIU_PRIVATE") --library-path $(private_libraries "$CRIU_PRIVATE") $CRIU_PRIVATE/usr/sbin/criu "\$@"
WRAPPER
    chmod 755 /usr/local/sbin/criu.new
    mv /usr/local/sbin/criu.new /usr/local/sbin/criu
}
