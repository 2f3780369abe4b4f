package io.rewind.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Map;

/** Finds what was meant to set something and sets nothing. */
final class UnknownPaths {
    private static final String ROOT = "rewind";

    private UnknownPaths() {}

    /** Paths below {@code rewind} that are neither in {@code reference} nor below an object that is empty there. */
    static List<String> in(Config own, Config reference) {
        return own.entrySet().stream()
                .map(Map.Entry::getKey)
                .filter(path -> ConfigUtil.splitPath(path).getFirst().equals(ROOT))
                .filter(path -> !reference.hasPathOrNull(path) && !isOpen(ConfigUtil.splitPath(path), reference))
                .sorted()
                .toList();
    }

    private static boolean isOpen(List<String> path, Config reference) {
        for (int length = path.size() - 1; length > 0; length--) {
            String parent = ConfigUtil.joinPath(path.subList(0, length));
            if (reference.hasPath(parent)) {
                return reference.getValue(parent) instanceof ConfigObject object && object.isEmpty();
            }
        }
        return false;
    }
}
