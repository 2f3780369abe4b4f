package io.rewind.criu.elf;

import com.google.protobuf.ByteString;
import io.rewind.criu.AddressSpace;
import io.rewind.criu.AddressSpace.Mapping;
import io.rewind.criu.Entry;
import io.rewind.criu.OpenFile;
import io.rewind.criu.ProcessTree;
import io.rewind.criu.TaskCore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The notes of a core: what a debugger needs to know besides memory. Source: include/uapi/linux/elfcore.h,
 * fs/binfmt_elf.c.
 *
 * <pre>
 * note     u32 bytes of the name, 5    u32 bytes of the body    u32 type    "CORE" NUL, to 8    body, to 4
 *
 * NT_PRSTATUS 1, a thread, 336 bytes                NT_PRPSINFO 3, the process, 136 bytes
 *    0  s32 signal number, code, errno                0  u8  state, its letter, zombie, nice
 *   12  u16 current signal                            8  u64 flags
 *   16  u64 pending, blocked signals                 16  u32 uid, gid
 *   32  s32 thread, parent, group, session           24  s32 process, parent, group, session
 *   48      four times, 16 bytes each                40  name, 16 bytes
 *  112  u64 27 registers: user_regs_struct           56  arguments, 80 bytes
 *  328  s32 whether floating-point registers follow
 *
 * NT_AUXV 6                                         NT_FILE 0x46494c45
 *    0  u64 pairs of type and value                   0  u64 mappings, u64 page size
 *                                                    16  u64 start, end, offset in pages, of each
 *                                                     …  names, NUL after each
 * </pre>
 */
final class Notes {
    private static final int PRSTATUS = 1;
    private static final int PRSTATUS_SIZE = 336;
    private static final int PRPSINFO = 3;
    private static final int PRPSINFO_SIZE = 136;
    private static final int AUXV = 6;
    private static final int FILE = 0x46494c45;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ProcessTree.Task task;

    Notes(ProcessTree.Task task) {
        this.task = task;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** The first one is what a debugger shows first. */
    Notes thread(int tid, TaskCore core) {
        ByteBuffer body = body(PRSTATUS_SIZE);
        body.putLong(24, core.blockedSignals());
        body.putInt(32, tid).putInt(36, task.ppid()).putInt(40, task.pgid()).putInt(44, task.sid());
        for (int i = 0; i < core.registers().size(); i++) {
            body.putLong(112 + Long.BYTES * i, core.registers().get(i));
        }
        return note(PRSTATUS, body);
    }

    Notes process(TaskCore core, byte[] arguments) {
        ByteBuffer body = body(PRPSINFO_SIZE);
        body.put(1, (byte) 'S');
        body.putInt(16, (int) core.uid()).putInt(20, (int) core.gid());
        body.putInt(24, task.pid())
                .putInt(28, task.ppid())
                .putInt(32, task.pgid())
                .putInt(36, task.sid());
        byte[] name = core.comm().toByteArray();
        body.put(40, name, 0, Math.min(15, name.length));
        for (int i = 0; i < Math.min(79, arguments.length); i++) {
            body.put(56 + i, arguments[i] == 0 ? (byte) ' ' : arguments[i]);
        }
        return note(PRPSINFO, body);
    }

    Notes auxiliary(List<Long> auxv) {
        ByteBuffer body = body(Long.BYTES * auxv.size());
        auxv.forEach(body::putLong);
        return note(AUXV, body);
    }

    /** @param names of the mappings that are files */
    Notes files(AddressSpace space, Map<Mapping, OpenFile> names) {
        List<Mapping> files =
                space.mappings().stream().filter(names::containsKey).toList();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Mapping file : files) {
            text.writeBytes(path(names.getOrDefault(file, new OpenFile("file", ByteString.EMPTY))));
            text.write(0);
        }
        ByteBuffer body = body(2 * Long.BYTES + 3 * Long.BYTES * files.size() + text.size());
        body.putLong(files.size()).putLong(Entry.PAGE);
        for (Mapping file : files) {
            body.putLong(file.start()).putLong(file.end()).putLong(file.offset() / Entry.PAGE);
        }
        body.put(text.toByteArray());
        return note(FILE, body);
    }

    private static byte[] path(OpenFile file) {
        byte[] path = file.name().toByteArray();
        for (byte b : path) {
            if (b == 0) {
                return new byte[0];
            }
        }
        return path;
    }

    private static ByteBuffer body(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Notes note(int type, ByteBuffer body) {
        ByteBuffer head = body(20).putInt(5).putInt(body.capacity()).putInt(type);
        head.put("CORE".getBytes(StandardCharsets.US_ASCII));
        write(head);
        write(body);
        out.writeBytes(new byte[-body.capacity() & 3]);
        return this;
    }

    private void write(ByteBuffer whole) {
        byte[] bytes = new byte[whole.capacity()];
        whole.get(0, bytes);
        out.writeBytes(bytes);
    }
}
