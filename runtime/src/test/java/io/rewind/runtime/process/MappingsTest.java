package io.rewind.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MappingsTest {
    @Test
    void privateMemoryWithoutAFileIsFoundByItsLine() {
        Mappings mappings = Mappings.parse(List.of(
                "00400000-00401000 r-xp 00000000 00:2f 1234                               /bin/a file",
                "00600000-00602000 rw-p 00000000 00:00 0 ",
                "01f00000-01f21000 rw-p 00000000 00:00 0                                  [heap]",
                "7f0000000000-7f0000400000 ---p 00000000 00:00 0                          [anon:guard]",
                "7f1000000000-7f1000400000 rw-s 00000000 00:01 77                         /dev/zero (deleted)",
                "7f2000000000-7f2000200000 rw-p 00000000 00:0f 88                         /anon_hugepage (deleted)",
                "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]",
                "7ffc00100000-7ffc00104000 r--p 00000000 00:00 0                          [vvar]",
                "7ffc00104000-7ffc00106000 r-xp 00000000 00:00 0                          [vdso]"));
        assertThat(mappings.anonymous())
                .containsExactly(
                        new Mappings.Range(0x600000, 0x602000),
                        new Mappings.Range(0x1f00000, 0x1f21000),
                        new Mappings.Range(0x7f0000000000L, 0x7f0000400000L));
        assertThat(mappings.vdso()).contains(new Mappings.Range(0x7ffc00104000L, 0x7ffc00106000L));
        assertThat(mappings.asynchronousIo()).isFalse();
    }

    @Test
    void aRingOfAsynchronousRequestsIsSeen() {
        assertThat(Mappings.parse(List.of("7f0000000000-7f0000001000 rw-s 00000000 00:0d 9      /[aio] (deleted)"))
                        .asynchronousIo())
                .isTrue();
    }
}
