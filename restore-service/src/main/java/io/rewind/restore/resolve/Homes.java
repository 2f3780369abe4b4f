package io.rewind.restore.resolve;

import io.rewind.restore.code.RestoreCode;
import io.rewind.restore.points.ContainerTimeline;
import io.rewind.restore.points.PointSource;
import java.util.List;

/** Where a container is at home: the hosts that captured it. Every host that asks gets the same answer. */
public final class Homes {
    private Homes() {}

    /** @param container name or id of one, or a timeline id; no host when nothing was captured of it */
    public static List<String> of(PointSource points, String container) {
        return points.timelines(container).stream()
                .map(ContainerTimeline::host)
                .distinct()
                .sorted()
                .toList();
    }

    /** @throws io.rewind.runtime.fault.Fault HOST_AMBIGUOUS */
    public static void requireOne(PointSource points, String container) {
        List<String> homes = of(points, container);
        if (homes.size() > 1) {
            throw RestoreCode.HOST_AMBIGUOUS.because("Containers called " + container + " were captured on "
                    + String.join(" and ", homes) + "; say which host (--host), or the timeline's id.");
        }
    }
}
