package io.rewind.criu;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * core-N.img: one thread, and its process where the thread is the first one. Source: images/core.proto,
 * images/core-x86.proto.
 *
 * <pre>
 * core  1 mtype                      1: x86-64
 *       2 thread_info   2 gpregs     1 to 27: registers in the order of the kernel's user_regs_struct
 *       3 tc            1 task_state  5 blk_sigset  6 comm; only of the first thread
 *       4 ids           2 files_id
 *       5 thread_core   6 blk_sigset  10 creds: 1 uid, 2 gid
 * </pre>
 *
 * @param comm name of the process as the kernel has it, at most 15 bytes
 * @param state as CRIU numbers them; 1 is alive
 * @param registers {@value #REGISTERS} of them; none when the processor was no x86-64
 * @param blockedSignals bit by bit
 * @param files number of the table of open files; 0: not said
 */
public record TaskCore(
        ByteString comm, int state, List<Long> registers, long blockedSignals, long uid, long gid, long files) {
    /** Of x86-64. */
    public static final int REGISTERS = 27;

    private static final int MAGIC = 0x55053847;
    private static final int IDS_MAGIC = 0x54432030;
    private static final int X86_64 = 1;
    private static final int ALIVE = 1;
    private static final int STOPPED = 3;

    public TaskCore {
        registers = List.copyOf(registers);
    }

    /** Not a zombie. */
    public boolean isAlive() {
        return state == ALIVE || state == STOPPED;
    }

    /** @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO */
    public static TaskCore read(Path file) {
        String what = "The image " + file.getFileName();
        return ImageFiles.read(file, in -> {
            Parts parts = new Parts();
            Message.each(new RecordReader(in, MAGIC, what), record -> Message.read(record, parts));
            return parts.core();
        });
    }

    /**
     * The number of the table of open files from ids-N.img, where a core image does not say it.
     *
     * @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO
     */
    public static long filesOf(Path ids) {
        String what = "The image " + ids.getFileName();
        return ImageFiles.read(ids, in -> {
            long[] files = new long[1];
            Message.each(new RecordReader(in, IDS_MAGIC, what), record -> files[0] = Message.numbers(record, 2)[2]);
            return files[0];
        });
    }

    private static final class Parts implements Message.Visitor {
        private long machine;
        private Optional<ByteString> comm = Optional.empty();
        private long[] process = new long[6];
        private long[] registers = new long[0];
        private long[] ids = new long[3];
        private long[] thread = new long[7];
        private long[] creds = new long[3];

        @Override
        public void number(int field, long value) {
            if (field == 1) {
                machine = value;
            }
        }

        @Override
        public void bytes(int field, ByteString value) throws IOException {
            switch (field) {
                case 2 -> Message.read(value, ofField(2, regs -> registers = Message.numbers(regs, REGISTERS)));
                case 3 -> {
                    process = Message.numbers(value, 5);
                    Message.read(value, ofField(6, name -> comm = Optional.of(name)));
                }
                case 4 -> ids = Message.numbers(value, 2);
                case 5 -> {
                    thread = Message.numbers(value, 6);
                    Message.read(value, ofField(10, owner -> creds = Message.numbers(owner, 2)));
                }
                default -> {}
            }
        }

        private static Message.Visitor ofField(int wanted, Message.Each taker) {
            return new Message.Visitor() {
                @Override
                public void bytes(int field, ByteString value) throws IOException {
                    if (field == wanted) {
                        taker.accept(value);
                    }
                }
            };
        }

        TaskCore core() {
            List<Long> x86 = machine == X86_64 && registers.length > 0
                    ? Arrays.stream(registers).skip(1).boxed().toList()
                    : List.of();
            long blocked = thread[6] != 0 ? thread[6] : process[5];
            return new TaskCore(
                    comm.orElse(ByteString.EMPTY), (int) process[1], x86, blocked, creds[1], creds[2], ids[2]);
        }
    }
}
