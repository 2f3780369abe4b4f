/**
 * Has the kernel say which pages of another process are written, with nothing installed in that process. Steps: stop
 * its first thread by ptrace ({@code Tracee}) → run userfaultfd() in it and take the descriptor ({@code Injector}) →
 * register mappings for write protection ({@code Userfault}). Then {@code PagemapScan} can be asked for what was written.
 *
 * <p>Linux 6.7 and later, 64-bit processes on x86-64. Does not promise that a process can be traced: whoever asks gets
 * {@code Untraceable} and reads everything. A process whose tracer is killed (SIGKILL of the agent) in the well under
 * a millisecond between the two changes of its registers runs on at the wrong instruction and ends; every other way
 * out, the orderly end of the agent included, restores the registers first.
 */
@NullMarked
package io.rewind.capture.trace;

import org.jspecify.annotations.NullMarked;
