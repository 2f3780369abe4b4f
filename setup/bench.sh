# What only the benchmarks need. Sourced by ./rewind; needs say, fail, apt_install from setup/host.sh.

# Pictures are drawn by Java, which asks the system for fonts.
need_pictures() {
    [ -n "$(fc-list 2>/dev/null | head -n 1)" ] && [ -n "$(ldconfig -p | grep libfreetype.so.6)" ] && return 0
    by_hand="install fontconfig, libfreetype6 and a TrueType font by hand"
    may_install "$by_hand"
    say "installing fontconfig and a font: the benchmarks draw pictures"
    apt_install "$by_hand" fontconfig libfreetype6 fonts-dejavu-core
}

# Whom Rewind is measured beside. One that cannot be had is left out, and the results say so.
need_peers() {
    for peer in restic:restic borg:borgbackup podman:podman; do
        command -v "${peer%%:*}" >/dev/null 2>&1 && continue
        command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && [ -z "${REWIND_NO_SETUP:-}" ] || continue
        may_install "install ${peer#*:} by hand"
        say "installing ${peer#*:}: a peer in bench peers"
        (apt_install "bench peers goes on without it" "${peer#*:}") || true
    done
}
