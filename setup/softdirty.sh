# The soft-dirty tracker on a kernel that has soft-dirty bits: Debian's, in qemu, whatever kernel this machine runs.
# Sourced by ./rewind; needs say, fail, apt_install from setup/host.sh, REWIND_BUSYBOX from setup/images.sh.

SOFTDIRTY_KERNEL=/opt/rewind/kernel
# Bounds a machine that hangs; emulated in software the tests take some minutes.
SOFTDIRTY_LIMIT=2400

have_all() { # PROGRAM...
    for program in "$@"; do command -v "$program" >/dev/null 2>&1 || return 1; done
}

need_qemu() {
    have_all qemu-system-x86_64 cpio depmod && return 0
    by_hand="install qemu-system-x86, cpio and kmod by hand"
    may_install "$by_hand"
    say "installing qemu: the soft-dirty tracker is tried on a kernel of its own"
    apt_install "$by_hand" qemu-system-x86 cpio kmod
}

# Debian's kernel and its modules, unpacked beside the system and not installed.
need_softdirty_kernel() {
    [ -n "$(ls "$SOFTDIRTY_KERNEL"/lib/modules/*/modules.dep 2>/dev/null)" ] && return 0
    by_hand="unpack a linux-image package into $SOFTDIRTY_KERNEL by hand"
    may_install "$by_hand"
    package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
    [ -n "$package" ] || fail "apt knows no linux-image-amd64; $by_hand"
    say "fetching Debian's $package (it is not installed on the machine)"
    folder=$(mktemp -d)
    (cd "$folder" && apt-get -q download -o APT::Sandbox::User=root "$package" >/dev/null 2>&1) ||
        fail "$package could not be downloaded; $by_hand"
    rm -rf "$SOFTDIRTY_KERNEL"
    mkdir -p "$SOFTDIRTY_KERNEL"
    dpkg-deb -x "$folder"/linux-image-*.deb "$SOFTDIRTY_KERNEL"
    rm -rf "$folder"
    depmod -b "$SOFTDIRTY_KERNEL" "$(softdirty_release)"
}

softdirty_release() { ls "$SOFTDIRTY_KERNEL/lib/modules" | head -n 1; }

# Busybox, the modules for a folder shared by 9p, and what to do: run one command in this machine's own root, which is
# read-only there but for /dev/shm.
softdirty_initramfs() { # FILE HOME COMMAND
    root=$(mktemp -d)
    modules=lib/modules/$(softdirty_release)
    mkdir -p "$root/bin" "$root/$modules" "$root/host" "$root/proc" "$root/sys" "$root/dev"
    cp "$REWIND_BUSYBOX" "$root/bin/busybox"
    cp "$SOFTDIRTY_KERNEL/$modules"/modules.* "$root/$modules/"
    for wanted in virtio_pci 9pnet_virtio 9p; do
        sed -n "s#^\([^:]*/$wanted\.ko[^:]*\):\(.*\)#\1\2#p" "$SOFTDIRTY_KERNEL/$modules/modules.dep"
    done | tr ' ' '\n' | sort -u | while read -r module; do
        mkdir -p "$root/$modules/$(dirname "$module")"
        cp "$SOFTDIRTY_KERNEL/$modules/$module" "$root/$modules/$module"
    done
    cat >"$root/init" <<INIT
#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
modprobe virtio_pci
modprobe 9pnet_virtio
modprobe 9p
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=262144 host /host || poweroff -f
for folder in proc sys dev; do mount --bind /\$folder /host/\$folder; done
mkdir -p /host/dev/shm
mount -t tmpfs tmp /host/dev/shm
echo 'softdirty: begin'
chroot /host /bin/sh -c 'cd "$2" && $3; echo "softdirty: exit \$?"'
poweroff -f
INIT
    chmod 755 "$root/init"
    (cd "$root" && find . | cpio --quiet -o -H newc | gzip) >"$1"
    rm -rf "$root"
}

# Runs the tracker's tests there. Ends with their exit code.
run_softdirty_tests() { # HOME
    work=$(mktemp -d)
    (cd "$1" && JAVA_HOME=$JAVA25 mvn -q -B -pl capture-agent -am test-compile dependency:build-classpath \
        -Dspotless.check.skip=true -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath) >"$work/log" 2>&1 || {
        grep ERROR "$work/log" | head -n 20 >&2
        fail "the tests could not be compiled; the whole log is in $work/log"
    }
    tests="$JAVA25/bin/java $JVM_FLAGS -Dlog4j2.level=warn -Drewind.test.tracker=soft-dirty"
    tests="$tests -Djava.io.tmpdir=/dev/shm -XX:-UsePerfData"
    tests="$tests -cp capture-agent/target/test-classes:capture-agent/target/classes:$(cat "$1/capture-agent/target/test.classpath")"
    tests="$tests org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors"
    tests="$tests --select-class io.rewind.capture.tracker.SoftDirtyTrackerIT --details tree"
    softdirty_initramfs "$work/initramfs" "$1" "$tests"
    say "starting Debian's kernel $(softdirty_release) in qemu; emulated in software this takes some minutes"
    # Ended with this script, too.
    setpriv --pdeathsig TERM timeout --foreground "$SOFTDIRTY_LIMIT" qemu-system-x86_64 -nographic -no-reboot -m 3072 -smp 2 -cpu max \
        -kernel "$(ls "$SOFTDIRTY_KERNEL"/boot/vmlinuz-* | head -n 1)" -initrd "$work/initramfs" \
        -append "console=ttyS0 loglevel=0 panic=-1" -nic none \
        -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap </dev/null |
        sed -u 's/\r$//' | tee "$work/said" | sed -u -n '/softdirty: begin/,/^softdirty: exit/{/softdirty: begin/!p}'
    code=$(sed -n 's/^softdirty: exit \([0-9]*\)$/\1/p' "$work/said")
    [ -n "$code" ] || tail -n 20 "$work/said" >&2
    rm -rf "$work"
    exit "${code:-1}"
}
