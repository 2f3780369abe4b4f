package io.rewind.cli.command;

import io.rewind.cli.client.CallFault;
import io.rewind.event.PortBinding;
import io.rewind.runtime.fault.Fault;
import io.rewind.runtime.fault.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code [ADDRESS:]HOSTPORT:CONTAINERPORT[/tcp|udp]}, as `docker run --publish` takes it. */
final class PublishOption {
    private static final Pattern FORM = Pattern.compile("(?:([0-9.]+):)?(\\d{1,5}):(\\d{1,5})(?:/(tcp|udp))?");
    private static final int MOST = 65_535;

    private PublishOption() {}

    /** @throws Fault BAD_VALUE */
    static PortBinding parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || port(matcher, 2) > MOST || port(matcher, 3) > MOST || port(matcher, 3) == 0) {
            throw new Fault(
                    CallFault.BAD_VALUE,
                    Severity.REJECTED,
                    "--publish: \"" + text
                            + "\" is not [ADDRESS:]HOSTPORT:CONTAINERPORT[/tcp|udp], for example 8081:80");
        }
        return PortBinding.newBuilder()
                .setHostAddress(matcher.group(1) == null ? "" : matcher.group(1))
                .setHostPort(port(matcher, 2))
                .setContainerPort(port(matcher, 3))
                .setProtocol(matcher.group(4) == null ? "tcp" : matcher.group(4))
                .build();
    }

    private static int port(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
