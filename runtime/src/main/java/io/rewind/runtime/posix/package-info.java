/**
 * The kernel's file calls, for trees whose names are bytes and whose content is not trusted: open a root as a {@link
 * io.rewind.runtime.posix.Directory}, descend beneath it, act on one name at a time relative to an open descriptor.
 * No call follows a symbolic link, none leaves the root, none opens a device. {@link io.rewind.runtime.posix.Libc} is
 * the one way to the kernel, for system calls of other packages as well.
 *
 * <p>Does not promise that a tree stands still while it is read, nor that its entries may be trusted in any other
 * way: which extended attributes and owners may be restored is the caller's policy. Linux on x86-64 and aarch64, with
 * /proc mounted.
 */
@NullMarked
package io.rewind.runtime.posix;

import org.jspecify.annotations.NullMarked;
