package io.rewind.capture.preflight;

/** What preflight looks for; these names stand in its answers. */
public enum Rule {
    TERMINAL,
    NO_OVERLAY,
    IMAGE_STORE,
    IO_URING,
    MEMFD_SECRET,
    USERFAULTFD,
    TRACED,
    DEVICE,
    CAPABILITY,
    ADDRESS_SPACE,
    NESTED_CGROUP,
    CRIU_TOO_OLD,
    KERNEL_TOO_OLD
}
