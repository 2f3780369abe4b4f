package io.rewind.capture.trace;

import io.rewind.runtime.process.Mappings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a process has x86-64's {@code syscall} instruction (0f 05) in code that the kernel lent it. */
final class CallInstruction {
    private CallInstruction() {}

    static long find(int pid, Mappings mappings) throws IOException, Untraceable {
        Mappings.Range vdso =
                mappings.vdso().orElseThrow(() -> Untraceable.forGood("it has no vdso to run a call from"));
        ByteBuffer code = ByteBuffer.allocate(Math.toIntExact(vdso.end() - vdso.start()));
        try (FileChannel memory =
                FileChannel.open(Path.of("/proc", Integer.toString(pid), "mem"), StandardOpenOption.READ)) {
            for (int read = 0; read >= 0 && code.hasRemaining(); ) {
                read = memory.read(code, vdso.start() + code.position());
            }
        }
        for (int at = 0; at + 1 < code.position(); at++) {
            if (code.get(at) == 0x0f && code.get(at + 1) == 0x05) {
                return vdso.start() + at;
            }
        }
        throw Untraceable.forGood("its vdso has no system call");
    }
}
