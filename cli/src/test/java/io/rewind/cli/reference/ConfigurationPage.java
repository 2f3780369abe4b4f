package io.rewind.cli.reference;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** docs/configuration.md, made of the modules' reference.conf. */
final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration

            Generated from the modules' `reference.conf`; CONTRIBUTING.md says how.

            One file in [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md) serves all services of a machine:
            `rewind service SERVICE --config FILE`, or `/etc/rewind/rewind.conf` where none is named; a node (`rewind up`)
            reads `rewind.conf` in its data folder. The environment is over the file: a setting's variable is
            `CONFIG_FORCE_` and its path, with `_` for each dot and `__` for each dash. Everything is checked before anything
            starts; all faults are named in one message, a setting that does not exist among them.

            Secrets do not belong into the file: `${?KAFKA_PASSWORD}` takes them from the environment, and Kafka's clients take
            theirs from files; [security](security.md) shows it all in one piece. Times are written `500ms`, `5s`, `10m`, `8d`;
            sizes `64 MiB`, `4G`.
            """;
    private static final List<Map.Entry<String, String>> MODULES = List.of(
            Map.entry("runtime", "All services"),
            Map.entry("capture-agent", "Agent"),
            Map.entry("encoder", "Encoder"),
            Map.entry("store-service", "Store"),
            Map.entry("restore-service", "Restore service"),
            Map.entry("cli", "Node, and services apart"));

    private ConfigurationPage() {}

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Map.Entry<String, String> module : MODULES) {
            text.append("\n## ").append(module.getValue()).append('\n');
            Path file = Path.of("..", module.getKey(), "src/main/resources/reference.conf");
            add("", ConfigFactory.parseFile(file.toFile()).root(), text);
        }
        return text.toString();
    }

    private static void add(String prefix, ConfigObject object, StringBuilder text) {
        List<Map.Entry<String, ConfigValue>> inOrder = object.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .toList();
        for (Map.Entry<String, ConfigValue> entry : inOrder) {
            String path = prefix + entry.getKey();
            if (entry.getValue() instanceof ConfigObject below && !below.isEmpty()) {
                add(path + ".", below, text);
            } else {
                text.append(item(path, entry.getValue()));
            }
        }
    }

    private static String item(String path, ConfigValue value) {
        String said = value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
        String standard = String.valueOf(value.unwrapped());
        return "\n**`%s`** = `%s`<br>%s<br>`%s`\n"
                .formatted(path, standard.isEmpty() ? "\"\"" : standard, said, variable(path));
    }

    static String variable(String path) {
        return "CONFIG_FORCE_" + path.replace("-", "__").replace('.', '_');
    }
}
