# Two hosts on this machine, each a network namespace with an engine of its own. Sourced by ./rewind; needs say, fail,
# may_install, apt_install from setup/host.sh.

need_namespaces() {
    [ "$(id -u)" = 0 ] || fail "not root; hosts of their own are network namespaces, which only root makes"
    command -v ip >/dev/null 2>&1 && command -v nsenter >/dev/null 2>&1 && return 0
    by_hand="install iproute2 and util-linux by hand"
    may_install "$by_hand"
    say "installing iproute2: hosts of their own are network namespaces"
    apt_install "$by_hand" iproute2 util-linux
}
