package io.rewind.criu.elf;

import io.rewind.criu.AddressSpace;
import io.rewind.criu.AddressSpace.Mapping;
import io.rewind.criu.Entry;
import io.rewind.criu.OpenFile;
import io.rewind.criu.ProcessTree;
import io.rewind.criu.TaskCore;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the core of a process, sparse where its memory is. Source: elf(5).
 *
 * <pre>
 *  0            header, 64 bytes: ET_CORE, EM_X86_64
 * 64            program headers, 56 bytes each: PT_NOTE, then a PT_LOAD for each segment
 *               u32 type  u32 flags  u64 offset  u64 address  u64 0  u64 bytes in the file  u64 in memory  u64 align
 *  …            {@link Notes}
 *  next page …  the segments' pages
 * </pre>
 */
public final class CoreFile {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    /** From 0xffff on the number would have to be elsewhere. */
    private static final int MOST_SEGMENTS = 0xfffe - 1;

    private final Path images;
    private final ProcessTree.Task task;
    private final AddressSpace space;

    private CoreFile(Path images, ProcessTree.Task task, AddressSpace space) {
        this.images = images;
        this.task = task;
        this.space = space;
    }

    /**
     * @param images a folder of full images: every page is there
     * @param core a file that does not exist yet
     * @return false when there is nothing to write: a zombie, or a processor that is no x86-64
     * @throws Fault of the images, or CORE_FAILED
     */
    public static boolean write(Path images, ProcessTree.Task task, Path core) {
        TaskCore leader = TaskCore.read(images.resolve("core-" + task.pid() + ".img"));
        if (!leader.isAlive() || leader.registers().isEmpty()) {
            return false;
        }
        AddressSpace space = AddressSpace.read(images.resolve("mm-" + task.pid() + ".img"));
        new CoreFile(images, task, space).write(leader, core);
        return true;
    }

    private void write(TaskCore leader, Path core) {
        List<Segments.Segment> segments = Segments.of(space, new PageSource(images, task.pid()));
        if (segments.size() > MOST_SEGMENTS) {
            throw failed("its memory lies in " + segments.size() + " stretches", Optional.empty());
        }
        byte[] notes = notes(leader);
        long notesAt = HEADER + (long) PROGRAM_HEADER * (segments.size() + 1);
        try (FileChannel out = FileChannel.open(core, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(Math.toIntExact(notesAt)).order(ByteOrder.LITTLE_ENDIAN);
            header(head, segments.size() + 1);
            programHeader(head, PT_NOTE, 0, notesAt, new Segments.Segment(0, 0, notes.length, 0, List.of()), 4);
            long at = pageAfter(notesAt + notes.length);
            for (Segments.Segment segment : segments) {
                programHeader(head, PT_LOAD, flags(segment.protection()), at, segment, Entry.PAGE);
                copy(segment, out, at);
                at += segment.file();
            }
            put(out, head.flip(), 0);
            put(out, ByteBuffer.wrap(notes), notesAt);
            if (out.size() < at) {
                // What ends in a hole is as long all the same.
                put(out, ByteBuffer.allocate(1), at - 1);
            }
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()), Optional.of(e));
        }
    }

    private byte[] notes(TaskCore leader) {
        OpenFile.Table table = OpenFile.Table.read(images.resolve("files.img"));
        Map<Mapping, OpenFile> names = new HashMap<>();
        space.mappings().stream().filter(Mapping::isFile).forEach(m -> names.put(m, table.mapped(m.source())));
        Notes notes = new Notes(task)
                .thread(task.pid(), leader)
                .process(leader, leader.comm().toByteArray())
                .auxiliary(space.auxv())
                .files(space, names);
        for (int thread : task.threads()) {
            if (thread != task.pid()) {
                notes.thread(thread, TaskCore.read(images.resolve("core-" + thread + ".img")));
            }
        }
        return notes.bytes();
    }

    private static void header(ByteBuffer out, int programHeaders) {
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort((short) 4).putShort((short) 62).putInt(1);
        out.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        out.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) programHeaders);
        out.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    }

    private static void programHeader(
            ByteBuffer out, int type, int flags, long offset, Segments.Segment segment, long align) {
        out.putInt(type).putInt(flags).putLong(offset).putLong(segment.start()).putLong(0);
        out.putLong(segment.file()).putLong(segment.memory()).putLong(align);
    }

    /** PROT_READ 1, WRITE 2, EXEC 4 are PF_R 4, W 2, X 1. */
    private static int flags(int protection) {
        return (protection & 1) << 2 | (protection & 2) | (protection & 4) >> 2;
    }

    private static long pageAfter(long bytes) {
        return (bytes + Entry.PAGE - 1) / Entry.PAGE * Entry.PAGE;
    }

    private static void copy(Segments.Segment segment, FileChannel out, long at) throws IOException {
        for (PageSource.Piece piece : segment.runs()) {
            try (FileChannel in = FileChannel.open(piece.file(), StandardOpenOption.READ)) {
                out.position(at + piece.start() - segment.start());
                for (long done = 0; done < piece.bytes(); ) {
                    long moved = in.transferTo(piece.offset() + done, piece.bytes() - done, out);
                    if (moved <= 0) {
                        throw new IOException(piece.file().getFileName() + " ends too early");
                    }
                    done += moved;
                }
            }
        }
    }

    private static void put(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        for (long position = at; bytes.hasRemaining(); ) {
            position += out.write(bytes, position);
        }
    }

    private Fault failed(String why, Optional<Throwable> cause) {
        String sentence = "The core of process " + task.pid() + " cannot be written: " + why + ".";
        return cause.map(c -> new Fault(ElfFault.CORE_FAILED, Severity.REJECTED, sentence, c))
                .orElseGet(() -> new Fault(ElfFault.CORE_FAILED, Severity.REJECTED, sentence));
    }
}
