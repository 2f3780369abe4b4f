package io.rewind.schemas.tls;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import io.rewind.runtime.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code rewind.tls}: read once, so that a new certificate counts from the next start on. */
public final class Certificates {
    private static final String PATH = "rewind.tls";

    private Certificates() {}

    /** Empty where no TLS is wanted; what is wrong with the files is for {@link Settings#check}. */
    public static Optional<TlsProvider> of(Settings settings) {
        String certificate = settings.optionalText(PATH + ".certificate");
        String key = settings.optionalText(PATH + ".key");
        String authorities = settings.optionalText(PATH + ".authorities");
        List<String> given = Stream.of(certificate, key, authorities)
                .filter(file -> !file.isBlank())
                .toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() < 3) {
            settings.reject(PATH, "say certificate, key and authorities, or none of them");
            return Optional.empty();
        }
        try {
            return Optional.of(TlsProvider.builder()
                    .keyPair(TlsKeyPair.of(
                            Path.of(key).toFile(), Path.of(certificate).toFile()))
                    .trustedCertificates(read(Path.of(authorities)))
                    .build());
        } catch (IOException | CertificateException | IllegalArgumentException e) {
            settings.reject(PATH, "certificate, key or authorities cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> read = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (read.isEmpty()) {
                throw new CertificateException("there is no certificate in " + file);
            }
            return read;
        }
    }
}
