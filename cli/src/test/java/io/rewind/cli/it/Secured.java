package io.rewind.cli.it;

import io.rewind.cli.broker.SecuredBroker;
import io.rewind.cli.command.Commands;
import io.rewind.cli.output.Terminal;
import io.rewind.cli.security.Authority;
import io.rewind.runtime.config.Settings;
import io.rewind.runtime.kafka.Cluster;
import io.rewind.runtime.kafka.Right;
import io.rewind.schemas.topic.Access;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A cluster set up as docs/security.md says: TLS and SCRAM, a user for each program, topics made by the administrator,
 * and what security/allow.sh hands to Kafka's tool allowed.
 */
final class Secured implements AutoCloseable {
    private static final Path FILES = Path.of("../security");

    private final Path folder;
    private final Authority authority;
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final Map<Access, Authority.Identity> identities = new EnumMap<>(Access.class);
    private final SecuredBroker broker;
    private final Admin admin;

    /** What allow.sh asks of Kafka's tool, by program. */
    private final Map<Access, List<AclBinding>> allowed;

    Secured(Path folder) throws Exception {
        this.folder = folder;
        authority = new Authority(folder.resolve("authority"));
        broker = new SecuredBroker(
                folder.resolve("broker"), authority.issue("broker"), authority.certificate(), password("admin"));
        Path conf = config("admin", "admin", "");
        admin = Cluster.of(Settings.read(Optional.of(conf))).admin("it");
        if (!command("topics", "--config", conf.toString()).startsWith("created rewind.capture")) {
            throw new IllegalStateException("no topics");
        }
        List<UserScramCredentialAlteration> users = new ArrayList<>();
        for (Access program : Access.values()) {
            users.add(new UserScramCredentialUpsertion(
                    user(program),
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                    password(user(program))));
        }
        admin.alterUserScramCredentials(users).all().get();
        allowed = allow();
    }

    static String user(Access program) {
        return "rewind-" + program.name().toLowerCase(Locale.ROOT);
    }

    private String password(String user) {
        return passwords.computeIfAbsent(user, u -> new BigInteger(160, new SecureRandom()).toString(36));
    }

    /** All that must never be said. */
    List<String> secrets() {
        return List.copyOf(passwords.values());
    }

    Admin admin() {
        return admin;
    }

    Map<Access, List<AclBinding>> allowed() {
        return allowed;
    }

    static Right right(AclBinding binding) {
        return new Right(
                binding.entry().operation(),
                binding.pattern().resourceType(),
                binding.pattern().name());
    }

    /** Settings of a program with its password in a file beside them. */
    Path config(Access program, String more) throws Exception {
        if (!identities.containsKey(program)) {
            identities.put(program, authority.issue(user(program)));
        }
        Authority.Identity own = Optional.ofNullable(identities.get(program)).orElseThrow();
        return config(user(program), user(program), """
                rewind.tls { certificate = "%s", key = "%s", authorities = "%s" }
                %s
                """.formatted(
                        own.certificate(), own.key(), authority.certificate(), more));
    }

    Path config(String name, String user, String more) throws Exception {
        Path secret = Files.writeString(folder.resolve(name + ".properties"), "password=" + password(user) + "\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        return config(name, user, "${file:" + secret + ":password}", more);
    }

    /** @param password as the file says it */
    Path config(String name, String user, String password, String more) throws Exception {
        return Files.writeString(folder.resolve(name + ".conf"), """
                rewind.kafka.bootstrap = "%s"
                rewind.kafka.topics { create = false, partitions = 2 }
                rewind.kafka.client {
                  "security.protocol" = SASL_SSL
                  "sasl.mechanism" = SCRAM-SHA-512
                  "sasl.jaas.config" = \"""org.apache.kafka.common.security.scram.ScramLoginModule required
                    username="%s" password="%s";\"""
                  "ssl.truststore.type" = PEM
                  "ssl.truststore.location" = "%s"
                }
                %s
                """.formatted(
                        broker.bootstrap(), user, password, authority.certificate(), more));
    }

    /** Runs a command as a person does. @return what it prints, and after that what it says */
    static String command(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        Commands.run(new Terminal(stream, stream, false), "none", words);
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Runs security/allow.sh with a kafka-acls.sh that only writes down what it is told, and does that. */
    private Map<Access, List<AclBinding>> allow() throws Exception {
        Path told = folder.resolve("told");
        Path tool = Files.writeString(folder.resolve("kafka-acls.sh"), "#!/bin/sh\necho \"$@\" >>'" + told + "'\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder script =
                new ProcessBuilder("sh", FILES.resolve("allow.sh").toString(), "broker:1", "a.properties");
        script.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        if (script.inheritIO().start().waitFor() != 0) {
            throw new IOException("allow.sh failed");
        }
        Map<Access, List<AclBinding>> bindings = new LinkedHashMap<>();
        for (String line : Files.readAllLines(told)) {
            List<String> words = Arrays.asList(line.split(" "));
            String principal = words.get(words.indexOf("--allow-principal") + 1);
            ResourceType type = words.contains("--group") ? ResourceType.GROUP : ResourceType.TOPIC;
            String name = words.get(words.indexOf("--" + type.name().toLowerCase(Locale.ROOT)) + 1);
            PatternType pattern = PatternType.fromString(
                    words.get(words.indexOf("--resource-pattern-type") + 1).toUpperCase(Locale.ROOT));
            AclOperation operation = AclOperation.fromString(words.get(words.indexOf("--operation") + 1));
            bindings.computeIfAbsent(
                            Access.valueOf(principal.replace("User:rewind-", "").toUpperCase(Locale.ROOT)),
                            program -> new ArrayList<>())
                    .add(new AclBinding(
                            new ResourcePattern(type, name, pattern),
                            new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        }
        admin.createAcls(bindings.values().stream().flatMap(List::stream).toList())
                .all()
                .get();
        return bindings;
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
