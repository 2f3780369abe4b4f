/**
 * ELF core files of processes that are there as full CRIU images: read by gdb and every other debugger. Steps: read what
 * is mapped, cut it into segments, write notes and pages. x86-64 only; no floating-point registers; does not look into
 * the pages.
 */
@NullMarked
package io.rewind.criu.elf;

import org.jspecify.annotations.NullMarked;
