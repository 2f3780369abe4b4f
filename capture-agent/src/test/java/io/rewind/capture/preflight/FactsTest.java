package io.rewind.capture.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewind.criu.CriuVersion;
import io.rewind.runtime.process.ProcessKey;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel prints, taken apart. */
class FactsTest {
    @Test
    void aProcessOfAContainer() {
        Identity identity = Identity.parse(List.of(
                "Name:\tredis-server",
                "Umask:\t0022",
                "State:\tS (sleeping)",
                "Tgid:\t4711",
                "TracerPid:\t0",
                "Uid:\t999\t999\t999\t999",
                "Gid:\t999\t999\t999\t999",
                "CapEff:\t00000000a80425fb"));
        assertThat(identity).isEqualTo(new Identity("redis-server", 0, false, 0xa80425fbL));
    }

    @Test
    void aProcessThatGaveUpOnlySomeOfItsRightsIsNotRoot() {
        List<String> status = List.of("Name:\tx", "TracerPid:\t77", "Uid:\t0\t33\t0\t33", "CapEff:\t0000000000000000");
        assertThat(Identity.parse(status).root()).isFalse();
        assertThat(Identity.parse(status).tracer()).isEqualTo(77);
    }

    @Test
    void privateMappingsAreWhatIsReserved() {
        AddressSpace space = AddressSpace.parse(List.of(
                "00400000-00500000 r-xp 00000000 00:2f 1234                               /usr/sbin/mariadbd",
                "7e0000000000-7e0080000000 ---p 00000000 00:00 0 ",
                "7f0000000000-7f0000400000 rw-s 00000000 00:01 77                         /dev/zero (deleted)",
                "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]"));
        assertThat(space).isEqualTo(new AddressSpace((1 << 20) + (2L << 30) + 4096, false, false));
    }

    @Test
    void mappingsOfRingsAndSecretsAreSeen() {
        assertThat(AddressSpace.parse(List.of("7f00-7f01 rw-s 00000000 00:0e 11  anon_inode:[io_uring]"))
                        .ring())
                .isTrue();
        assertThat(AddressSpace.parse(List.of("7f00-7f01 rw-s 00000000 00:0b 12  /secretmem (deleted)"))
                        .secret())
                .isTrue();
    }

    /** Numbers as the kernel's devices.txt has them: null, random, console, pts/3, tun; fuse, kvm, the first disk. */
    @ParameterizedTest
    @CsvSource({
        "0x103,false",
        "0x108,false",
        "0x501,false",
        "0x8803,false",
        "0xac8,false",
        "0xae5,true",
        "0xae8,true",
        "0x800,true",
        "0xe200,true"
    })
    void devicesThatCriuKnows(String device, boolean foreign) {
        OpenFile file = new OpenFile("/dev/x", OptionalLong.of(Long.decode(device)));
        assertThat(file.isForeignDevice()).isEqualTo(foreign);
    }

    @Test
    void whatIsNoDeviceIsNotForeign() {
        assertThat(new OpenFile("/dev/shm/x", OptionalLong.empty()).isForeignDevice())
                .isFalse();
        assertThat(new OpenFile("anon_inode:[eventpoll]", OptionalLong.empty()).isAnonymous("io_uring"))
                .isFalse();
        assertThat(new OpenFile("anon_inode:[io_uring]", OptionalLong.empty()).isAnonymous("io_uring"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"6.18.44-amd64,6018", "5.10.0,5010", "4.19,4019"})
    void kernels(String release, int version) {
        assertThat(HostFacts.kernel(release + "\n")).isEqualTo(version);
    }

    @Test
    void memoryAndSwapTogether() {
        assertThat(HostFacts.memory(List.of(
                        "MemTotal:       16384000 kB",
                        "MemFree:         1000000 kB",
                        "SwapCached:            0 kB",
                        "SwapTotal:       1024000 kB")))
                .isEqualTo((16384000L + 1024000) * 1024);
    }

    @Test
    void ofThisVeryProcess() throws IOException {
        ProcessKey self = ProcessKey.of((int) ProcessHandle.current().pid()).orElseThrow();
        ProcessFacts facts = ProcessFacts.of(self);
        assertThat(facts.identity().name()).isNotEmpty();
        assertThat(facts.space().reserved()).isGreaterThan(1 << 20);
        assertThat(facts.files()).isNotEmpty();
        assertThat(facts.groups()).isNotEmpty();
        HostFacts host = HostFacts.of(new CriuVersion(4, 2, 1), true);
        assertThat(host.kernel()).isGreaterThan(4000);
        assertThat(host.memory()).isGreaterThan(1 << 20);
    }
}
