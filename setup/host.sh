# What every set-up step needs: to speak, to stop, to install packages. Sourced by ./rewind.

say() { printf 'rewind: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

# Ends with one sentence where this user or machine does not let us install.
may_install() { # BY_HAND
    command -v apt-get >/dev/null 2>&1 || fail "not a Debian or Ubuntu machine; $1"
    [ "$(id -u)" = 0 ] || fail "not root; $1, or run this once as root"
    [ -z "${REWIND_NO_SETUP:-}" ] || fail "REWIND_NO_SETUP is set; $1"
    [ -n "${apt_lists_read:-}" ] || apt-get -q update >/dev/null 2>&1 ||
        say "package lists could not be updated; going on with those at hand"
    apt_lists_read=yes
}

apt_install() { # BY_HAND PACKAGE...
    by_hand=$1
    shift
    # Services of packages are started by us, or by the init system; not half-way through an installation.
    DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$@" >"${TMPDIR:-/tmp}/rewind-apt.$$" 2>&1 || {
        tail -n 3 "${TMPDIR:-/tmp}/rewind-apt.$$" >&2
        rm -f "${TMPDIR:-/tmp}/rewind-apt.$$"
        fail "installing $* failed (no network?); $by_hand"
    }
    rm -f "${TMPDIR:-/tmp}/rewind-apt.$$"
}

# The Debian mirror that this machine's own sources name.
apt_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n -e 's/^URIs: *\([^ ]*debian\)\/*$/\1/p' -e 's/^deb *\(\[[^]]*\] *\)*\([^ ]*\/debian\)\/* .*/\2/p' | head -n 1
}
