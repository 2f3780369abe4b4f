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

# One package's files in a folder of their own: not installed, nothing of it is started.
unpack_package() { # BY_HAND FOLDER PACKAGE
    work=$(mktemp -d)
    (cd "$work" && apt-get -q download -o APT::Sandbox::User=root "$3" >/dev/null 2>&1) ||
        fail "$3 could not be downloaded; $1"
    mkdir -p "$2"
    dpkg-deb -x "$work/$3"_*.deb "$2"
    rm -rf "$work"
}

# The Debian mirror that this machine's own sources name.
apt_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n -e 's/^URIs: *\([^ ]*debian\)\/*$/\1/p' -e 's/^deb *\(\[[^]]*\] *\)*\([^ ]*\/debian\)\/* .*/\2/p' | head -n 1
}

# Packages of another Debian suite with all they need, libc included, unpacked into one private folder: nothing of the
# system's own is touched. apt gets lists, a cache and an empty package status of its own for this, and the mirror that
# the machine itself uses.
private_closure() { # BY_HAND FOLDER SUITE PACKAGE...
    by_hand=$1
    folder=$2
    suite=$3
    shift 3
    mirror=$(apt_mirror)
    [ -n "$mirror" ] || fail "no Debian mirror found in the apt sources; $by_hand"
    work=$(mktemp -d)
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/etc/preferences.d" "$work/etc/apt.conf.d"
    : >"$work/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/etc/sources.list"
    private_apt -q update >"$work/log" 2>&1 && private_apt -q -y --download-only install "$@" >>"$work/log" 2>&1 || {
        tail -n 3 "$work/log" >&2
        rm -rf "$work"
        fail "Debian $suite's $* could not be downloaded; $by_hand"
    }
    rm -rf "$folder.new"
    mkdir -p "$folder.new" /usr/local/sbin
    for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$folder.new"; done
    rm -rf "$work" "$folder"
    mv "$folder.new" "$folder"
}

private_apt() {
    apt-get -o "Dir::Etc=$work/etc" -o "Dir::Etc::sourcelist=$work/etc/sources.list" -o "Dir::Etc::sourceparts=-" \
        -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" \
        -o "APT::Install-Recommends=false" -o "APT::Sandbox::User=root" -o "Acquire::Languages=none" "$@"
}

# The dynamic loader, and the folder of libraries, of what private_closure unpacked.
private_loader() { # FOLDER
    ls "$1"/usr/lib*/ld-linux-*.so.* "$1"/usr/lib/*/ld-linux-*.so.* 2>/dev/null | head -n 1
}
private_libraries() { # FOLDER
    dirname "$(ls "$1"/usr/lib/*/libc.so.6)"
}
