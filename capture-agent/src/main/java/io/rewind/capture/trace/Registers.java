package io.rewind.capture.trace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The kernel's {@code user_regs_struct} of x86-64, as PTRACE_GETREGS fills it: 27 words.
 *
 * <pre>
 *    0 r15   1 r14   2 r13   3 r12   4 rbp   5 rbx   6 r11   7 r10   8 r9
 *    9 r8   10 rax  11 rcx  12 rdx  13 rsi  14 rdi  15 orig_rax  16 rip  17 cs
 *   18 eflags  19 rsp  20 ss  21 fs_base  22 gs_base  23 ds  24 es  25 fs  26 gs
 * </pre>
 */
final class Registers {
    static final long BYTES = 27 * Long.BYTES;

    private static final int RAX = 10;
    private static final int ORIG_RAX = 15;
    private static final int RIP = 16;
    private static final int CS = 17;
    /** Where a call's arguments are taken from: rdi, rsi, rdx, r10, r8, r9. */
    private static final int[] ARGUMENTS = {14, 13, 12, 7, 9, 8};
    /** Code segment of 64-bit programs; 32-bit ones have another. */
    private static final long LONG_MODE = 0x33;

    private Registers() {}

    static boolean isLongMode(MemorySegment registers) {
        return get(registers, CS) == LONG_MODE;
    }

    static long result(MemorySegment registers) {
        return get(registers, RAX);
    }

    static long callNumber(MemorySegment registers) {
        return get(registers, ORIG_RAX);
    }

    /** Makes a task that goes on with these registers run one system call at {@code instruction}. */
    static void prepare(MemorySegment registers, long instruction, long number, long... arguments) {
        set(registers, RIP, instruction);
        set(registers, RAX, number);
        // Not inside a call: or the kernel might restart the one that was interrupted, from the wrong place.
        set(registers, ORIG_RAX, -1);
        for (int i = 0; i < arguments.length; i++) {
            set(registers, ARGUMENTS[i], arguments[i]);
        }
    }

    private static long get(MemorySegment registers, int word) {
        return registers.getAtIndex(ValueLayout.JAVA_LONG, word);
    }

    private static void set(MemorySegment registers, int word, long value) {
        registers.setAtIndex(ValueLayout.JAVA_LONG, word, value);
    }
}
