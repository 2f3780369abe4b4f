package io.rewind.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rewind.cli.output.Amounts;
import io.rewind.cli.output.Json;
import io.rewind.read.Damage;
import io.rewind.read.VerifyProgress;
import java.util.List;

/** A verification as people and programs see it. */
public final class VerifyView {
    private static final int ALL = 100;

    private VerifyView() {}

    /** {@code bytes} are of chunk bodies as they are stored; {@code point} is null where damage hits none in particular. */
    public static ObjectNode json(VerifyProgress proved, List<Damage> found) {
        ObjectNode all = Json.object()
                .put("points", proved.getPoints())
                .put("chunks", proved.getChunks())
                .put("bytes", proved.getBytes());
        ArrayNode damage = all.putArray("damage");
        found.forEach(one -> damage.addObject()
                .put("timeline", one.getTimeline().isEmpty() ? null : one.getTimeline())
                .put("point", one.getPoint().isEmpty() ? null : one.getPoint())
                .put("place", one.getPlace())
                .put("reason", one.getReason()));
        return all;
    }

    /** What has been read. */
    public static String read(VerifyProgress proved) {
        return proved.getPoints() + " points, " + proved.getChunks() + " chunks, " + Amounts.bytes(proved.getBytes());
    }

    public static String step(VerifyProgress news) {
        return "verifying: " + read(news);
    }

    public static int percent(VerifyProgress news) {
        long all = news.getPointsInAll() + news.getChunksInAll();
        return all == 0 ? ALL : (int) ((news.getPoints() + news.getChunks()) * ALL / all);
    }

    public static String done(VerifyProgress proved) {
        return "all is well: " + read(proved);
    }

    public static String line(Damage damage) {
        String where = damage.getPoint().isEmpty()
                ? damage.getPlace()
                : "point " + damage.getPoint() + " of timeline " + damage.getTimeline() + ", " + damage.getPlace();
        return "damaged: " + where + ": " + damage.getReason();
    }
}
