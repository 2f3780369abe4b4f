package io.rewind.capture.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmpfsListingTest {
    @TempDir
    Path folder = Path.of("");

    private Optional<TmpfsListing> before = Optional.empty();

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.createFile(folder.resolve("a/empty"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));
        before = TmpfsListing.of(folder);
        assertThat(before).isPresent();
    }

    @Test
    void nothingChanged() {
        assertThat(TmpfsListing.of(folder)).isEqualTo(before);
    }

    @Test
    void anEntryMore() throws IOException {
        Files.createDirectory(folder.resolve("a/b/c"));
        assertThat(TmpfsListing.of(folder)).isPresent().isNotEqualTo(before);
    }

    @Test
    void anEntryLess() throws IOException {
        Files.delete(folder.resolve("a/empty"));
        assertThat(TmpfsListing.of(folder)).isPresent().isNotEqualTo(before);
    }

    @Test
    void anotherModeOrTarget() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("a"), PosixFilePermissions.fromString("rwx------"));
        assertThat(TmpfsListing.of(folder)).isPresent().isNotEqualTo(before);
        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("b"));
        assertThat(TmpfsListing.of(folder)).isPresent().isNotEqualTo(before);
    }

    @Test
    void withContentNothingIsSaid() throws IOException {
        Files.writeString(folder.resolve("a/empty"), "x");
        assertThat(TmpfsListing.of(folder)).isEmpty();
    }
}
