package io.rewind.cli.reference;

import io.rewind.runtime.kafka.Right;
import io.rewind.schemas.topic.Access;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.resource.PatternType;

/** security/acls.txt, made of {@link Access}. */
final class AccessList {
    private static final String HEAD = """
            # What each program of Rewind may do in Kafka, and nothing else. Made of the code; CONTRIBUTING.md says how.
            # Reading and writing include describing. Topics are made by `rewind topics`. allow.sh hands this to Kafka.
            # An encoder whose rewind.encoder.group is another needs that one. docs/security.md says who needs less.
            # program operation resource name pattern
            """;

    private AccessList() {}

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Access program : Access.values()) {
            rights(program)
                    .forEach(right -> text.append("%s %s %s\n"
                            .formatted(program, right, pattern(right))
                            .toLowerCase(Locale.ROOT)));
        }
        return text.toString();
    }

    private static List<Right> rights(Access program) {
        return switch (program) {
            case AGENT, CLI -> program.rights();
            case ENCODER -> program.rights("rewind-encoder");
            case STORE -> program.rights(Access.STORE_GROUP);
            case RESTORE -> program.rights(Access.RESTORE_GROUPS, Access.UNADDRESSED_GROUP);
        };
    }

    private static PatternType pattern(Right right) {
        return right.name().equals(Access.RESTORE_GROUPS) ? PatternType.PREFIXED : PatternType.LITERAL;
    }
}
