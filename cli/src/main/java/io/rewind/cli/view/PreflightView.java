package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Json;
import io.rewind.event.PreflightAnswered;
import io.rewind.event.PreflightFinding;
import java.util.stream.Collectors;

/** What a preflight found, as people and programs see it. */
public final class PreflightView {
    private PreflightView() {}

    /** Whether captures cannot work. */
    public static boolean refused(PreflightAnswered answer) {
        return answer.getFindings().stream().anyMatch(PreflightFinding::getRefusal);
    }

    public static ObjectNode json(PreflightAnswered answer) {
        ObjectNode json = Json.object()
                .put("container", answer.getName())
                .put("containerId", answer.getContainer())
                .put("host", answer.getHost())
                .put("refused", refused(answer));
        ArrayNode findings = json.putArray("findings");
        answer.getFindings()
                .forEach(finding -> findings.addObject()
                        .put("code", finding.getCode())
                        .put("refusal", finding.getRefusal())
                        .put("message", finding.getMessage()));
        return json;
    }

    /** A line for each finding; empty when there is none. */
    public static String lines(PreflightAnswered answer) {
        return answer.getFindings().stream()
                .map(finding -> (finding.getRefusal() ? "refused: " : "note: ") + finding.getMessage() + " ("
                        + finding.getCode() + ")")
                .collect(Collectors.joining("\n"));
    }
}
