package io.rewind.cli.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority that lasts as long as a test, made with the JDK's keytool; everything as PEM. */
public final class Authority {
    private static final String PASSWORD = "of-a-file-that-the-test-removes";

    private final Path folder;
    private final Path store;

    /** Files of a certificate with its chain, of its key, and of both together. */
    public record Identity(Path certificate, Path key, Path both) {}

    public Authority(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("keys.p12");
        keytool("-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c=ca:true");
    }

    public Path certificate() throws Exception {
        return Files.writeString(
                folder.resolve("authority.pem"),
                pem("CERTIFICATE", keys().getCertificate("authority").getEncoded()));
    }

    /** For a program of this machine, as the one that is asked or the one that asks. */
    public Identity issue(String name) throws Exception {
        keytool(
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-signer",
                "authority",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        StringBuilder chain = new StringBuilder();
        for (Certificate each : keys().getCertificateChain(name)) {
            chain.append(pem("CERTIFICATE", each.getEncoded()));
        }
        Key key = keys().getKey(name, PASSWORD.toCharArray());
        String keyText = pem("PRIVATE KEY", key.getEncoded());
        return new Identity(
                Files.writeString(folder.resolve(name + ".pem"), chain),
                Files.writeString(folder.resolve(name + ".key"), keyText),
                Files.writeString(folder.resolve(name + ".both"), keyText + chain));
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair", "-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + text);
            }
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
