package io.rewind.criu;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * mm-N.img: what is mapped where in a process. Source: images/mm.proto, images/vma.proto, VMA_* of
 * criu/include/image.h.
 *
 * <pre>
 * mm   8 arg_start  9 arg_end  12 exe_file_id  13 saved_auxv, repeated  14 vma, repeated
 * vma  1 start  2 end  3 pgoff, bytes  4 shmid, or the id of a file  5 prot  6 flags  7 status
 * </pre>
 *
 * @param auxv the auxiliary vector as the kernel gave it: pairs of type and value
 * @param mappings in order of their addresses
 */
public record AddressSpace(long argStart, long argEnd, long executable, List<Long> auxv, List<Mapping> mappings) {
    private static final int MAGIC = 0x57492820;
    /** 65,530 mappings, the kernel's limit, at about 60 bytes. */
    private static final int MAX_RECORD = 8 << 20;

    private static final int MAP_ANONYMOUS_PRIVATE = 0x22;
    /** With MAP_LOCKED and MAP_HUGETLB. */
    private static final int MAP_KIND = MAP_ANONYMOUS_PRIVATE | 0x2000 | 0x40000;

    private static final int HEAP = 1 << 5;
    private static final int STACK = 1 << 1;
    private static final int VDSO = 1 << 3;
    private static final int FILES = 1 << 6 | 1 << 7;
    private static final int SHARED = 1 << 8;
    private static final int KERNELS = 1 << 2 | 1 << 12;
    private static final int NO_FILE = 1 << 8 | 1 << 10 | 1 << 13 | 1 << 16 | 1 << 17;

    /**
     * One mapping.
     *
     * @param start and end in bytes, end exclusive
     * @param offset in the file or shared segment, bytes
     * @param source id of the file, or number of the shared segment
     * @param protection PROT_* bits
     * @param flags MAP_* bits
     * @param status VMA_* bits
     */
    public record Mapping(long start, long end, long offset, long source, int protection, int flags, int status) {
        /** Whether CRIU may bring its pages after the start: vma_entry_can_be_lazy of criu/include/vma.h. */
        boolean mayComeLate() {
            return (flags & MAP_KIND) == MAP_ANONYMOUS_PRIVATE && (status & (VDSO | KERNELS)) == 0;
        }

        public boolean isFile() {
            return (status & FILES) != 0 && (status & NO_FILE) == 0;
        }

        /** Its content is in pagemap-shmem-{@link #source}.img. */
        public boolean isSharedMemory() {
            return (status & SHARED) != 0;
        }

        /** The kernel's own, without content of the process. */
        public boolean isKernels() {
            return (status & KERNELS) != 0;
        }

        /** For what is no file, as /proc/PID/maps has it. */
        public String label() {
            return isSharedMemory()
                    ? "[shared " + source + "]"
                    : (status & HEAP) != 0
                            ? "[heap]"
                            : (status & STACK) != 0 ? "[stack]" : (status & VDSO) != 0 ? "[vdso]" : "[anonymous]";
        }
    }

    public AddressSpace {
        auxv = List.copyOf(auxv);
        mappings = List.copyOf(mappings);
    }

    /** @throws io.rewind.runtime.fault.Fault IMAGE_DAMAGED, IMAGE_TOO_LARGE, IMAGE_IO */
    public static AddressSpace read(Path file) {
        String what = "The image " + file.getFileName();
        return ImageFiles.read(file, in -> {
            List<AddressSpace> found = new ArrayList<>();
            RecordReader records = new RecordReader(in, MAGIC, what, MAX_RECORD);
            Message.each(records, record -> found.add(of(record)));
            if (found.size() != 1) {
                throw records.damaged("has " + found.size() + " address spaces");
            }
            return found.getFirst();
        });
    }

    private static AddressSpace of(ByteString record) throws IOException {
        long[] numbers = Message.numbers(record, 12);
        List<Long> auxv = new ArrayList<>();
        List<Mapping> mappings = new ArrayList<>();
        Message.read(record, new Message.Visitor() {
            @Override
            public void number(int field, long value) {
                if (field == 13) {
                    auxv.add(value);
                }
            }

            @Override
            public void bytes(int field, ByteString value) throws IOException {
                if (field == 14) {
                    mappings.add(mapping(Message.numbers(value, 7)));
                }
            }
        });
        long end = 0;
        for (Mapping mapping : mappings) {
            if (Long.compareUnsigned(mapping.start, end) < 0
                    || Long.compareUnsigned(mapping.end, mapping.start) <= 0
                    || (mapping.start | mapping.end | mapping.offset) % Entry.PAGE != 0) {
                throw new IOException("mappings overlap or are no pages");
            }
            end = mapping.end;
        }
        return new AddressSpace(numbers[8], numbers[9], numbers[12], auxv, mappings);
    }

    private static Mapping mapping(long[] vma) {
        return new Mapping(vma[1], vma[2], vma[3], vma[4], (int) vma[5], (int) vma[6], (int) vma[7]);
    }
}
