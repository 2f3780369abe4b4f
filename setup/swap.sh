# Swap for a test, in a file that goes with it. Sourced by ./rewind; needs say and fail from setup/host.sh, exec_extra_test
# from setup/build.sh.

run_swapped_tests() ( # HOME
    swap=$(mktemp -p /var/tmp rewind-swap-XXXXXX)
    trap 'swapoff "$swap" 2>/dev/null || true; rm -f "$swap"' EXIT
    chmod 600 "$swap"
    dd if=/dev/zero of="$swap" bs=1M count=256 status=none
    { mkswap "$swap" && swapon "$swap"; } >/dev/null || fail "$swap cannot be used as swap"
    say "256 MiB of swap are in use while this runs"
    (exec_extra_test "$1" capture-agent WriteProtectTrackerIT swapped)
)
