# Programs for containers, taken from Debian's packages without installing them. Sourced by ./rewind.

BUSYBOX_FOLDER=/opt/rewind/busybox
export REWIND_BUSYBOX=$BUSYBOX_FOLDER/bin/busybox

# The one static program that the demo's container is made of.
need_busybox() {
    [ -x "$REWIND_BUSYBOX" ] && return 0
    by_hand="put a static busybox at $REWIND_BUSYBOX by hand"
    may_install "$by_hand"
    say "fetching Debian's busybox-static for containers of the demo (it is not installed on the machine)"
    unpack_package "$by_hand" "$BUSYBOX_FOLDER" busybox-static
    [ -x "$REWIND_BUSYBOX" ] || REWIND_BUSYBOX=$BUSYBOX_FOLDER/usr/bin/busybox
}

# An image with the packages and all they need, without a registry: the packages' files are unpacked into a folder and
# imported. apt believes in an empty machine for this and so names the whole closure.
package_image() { # NAME PACKAGE...
    name=$1
    shift
    docker image inspect "$name" >/dev/null 2>&1 && return 0
    by_hand="make an image $name with $* by hand"
    may_install "$by_hand"
    say "making the image $name from Debian's packages ($*)"
    work=$(mktemp -d)
    mkdir -p "$work/cache/archives/partial" "$work/root"
    : >"$work/status"
    apt-get -q -y -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" -o APT::Install-Recommends=false \
        -o APT::Sandbox::User=root --download-only install "$@" >"$work/log" 2>&1 || {
        tail -n 3 "$work/log" >&2
        fail "the packages $* could not be downloaded; $by_hand"
    }
    for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$work/root"; done
    complete_root "$work/root"
    tar -C "$work/root" -c . | docker import - "$name" >/dev/null
    rm -rf "$work"
}

# What packages that were only unpacked lack.
complete_root() { # FOLDER
    mkdir -p "$1/tmp" "$1/data" "$1/bin"
    chmod 1777 "$1/tmp"
    cp "$REWIND_BUSYBOX" "$1/bin/busybox"
    for applet in $("$REWIND_BUSYBOX" --list); do
        [ -e "$1/bin/$applet" ] || [ -e "$1/usr/bin/$applet" ] || ln -s busybox "$1/bin/$applet"
    done
    # No package was configured, so nobody has a name yet.
    [ -s "$1/etc/passwd" ] || echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
    [ -s "$1/etc/group" ] || echo 'root:x:0:' >"$1/etc/group"
    # Libraries in folders that only ld.so.conf names are found through its cache.
    ldconfig -r "$1" 2>/dev/null || true
}

# What exported core files are tried with.
need_debugger() {
    command -v gdb >/dev/null 2>&1 && command -v readelf >/dev/null 2>&1 && return 0
    by_hand="install gdb and binutils by hand"
    may_install "$by_hand"
    say "installing gdb and binutils: exported core files are tried with them"
    apt_install "$by_hand" gdb binutils
}

need_test_images() {
    need_busybox
    need_debugger
    package_image rewind-test/redis redis-server
    package_image rewind-test/perl perl-base
}

# What the benchmarks run; perl is the probe that notices stalls.
need_bench_images() {
    need_busybox
    package_image rewind-bench/stress stress perl
    package_image rewind-bench/redis redis-server perl
    package_image rewind-bench/mariadb mariadb-server perl
    package_image rewind-bench/jvm default-jre-headless perl
    package_image rewind-bench/python python3 perl
    package_image rewind-bench/nginx nginx-light perl
    package_image rewind-bench/sysbench sysbench
    package_image rewind-bench/wrk wrk
}
