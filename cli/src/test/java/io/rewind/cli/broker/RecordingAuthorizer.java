package io.rewind.cli.broker;

import io.rewind.runtime.kafka.Right;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own, which remembers what was made use of. Kafka makes it, so what it remembers is of the whole process. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    /** @param user without {@code User:} */
    public record Use(String user, Right right) {}

    static final Set<Use> ALLOWED = ConcurrentHashMap.newKeySet();

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            // What is not worth a line in the audit log was only looked at.
            if (results.get(i) == AuthorizationResult.ALLOWED && action.logIfAllowed()) {
                Right right = new Right(
                        action.operation(),
                        action.resourcePattern().resourceType(),
                        action.resourcePattern().name());
                ALLOWED.add(new Use(context.principal().getName(), right));
            }
        }
        return results;
    }
}
