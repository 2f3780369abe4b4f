package io.rewind.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewind.runtime.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pagemap-17.img",
                "pagemap-shmem-3.img",
                "pages-1.img",
                "pages-4294967295.img",
                "core-17.img",
                "inventory.img",
                "tmpfs-dev-62.tar.gz.img",
                "ghost-file-1a.img",
                "ipcns-var-11.img",
                "descriptors.json"
            })
    void namesOfCriuAndRuncAreAllowed(String name) {
        assertThat(ImageNames.requireAllowed(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".img",
                "../core-1.img",
                "a/b.img",
                "/etc/passwd",
                "core-1.img\n",
                "core\u00001.img",
                "core..1.img",
                "-x.img",
                "Core-1.img",
                "pages-01.img",
                "pages-4294967296.img",
                "pages-.img",
                "pages-x.img",
                "pagemap-.img",
                "pagemap-shmem-.img",
                "pagemap--1.img",
                "parent",
                "descriptors.json/",
                "dump.log",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.img"
            })
    void I9_everythingElseIsRefused(String name) {
        assertThat(ImageNames.allowed(name)).isFalse();
        assertThatThrownBy(() -> ImageNames.requireAllowed(name))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo(CriuFault.NAME_REFUSED));
    }

    @Test
    void namesSayWhatTheyAre() {
        assertThat(ImageNames.space("pagemap-17.img")).contains("17");
        assertThat(ImageNames.space("pagemap-shmem-3.img")).contains("shmem-3");
        assertThat(ImageNames.space("pages-3.img")).isEmpty();
        assertThat(ImageNames.pagesId("pages-3.img")).hasValue(3);
        assertThat(ImageNames.pagesId("pages-shmem-3.img")).isEmpty();
        assertThat(ImageNames.pageMap("shmem-3")).isEqualTo("pagemap-shmem-3.img");
        assertThat(ImageNames.pages(12)).isEqualTo("pages-12.img");
    }
}
