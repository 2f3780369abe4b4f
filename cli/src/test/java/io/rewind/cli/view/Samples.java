package io.rewind.cli.view;

import io.rewind.event.Fingerprint;
import io.rewind.event.PointCommitted;
import io.rewind.event.PointHeader;
import io.rewind.event.PointKind;
import io.rewind.event.RestoreMode;
import io.rewind.event.RestoreProgress;
import io.rewind.event.RestoreState;
import java.time.Instant;

/** Records to be shown. */
final class Samples {
    private Samples() {}

    static PointCommitted delta() {
        PointHeader header = PointHeader.newBuilder()
                .setTimeline("00112233445566")
                .setPoint("0199c2f4a1b37e05")
                .setKind(PointKind.DELTA)
                .setParent("0199c2f4a1b00001")
                .setHost("here")
                .setContainer("00112233445566")
                .setName("web")
                .setImage("web:1")
                .setIncarnation(1)
                .setCaptured(Instant.parse("2026-03-01T12:31:05Z"))
                .setFrozenNanos(84_500_000)
                .setTrigger("interval")
                .setTracker("full-scan")
                .setFingerprint(new Fingerprint("6.18", "x86_64", "cpu", "4.2.1", ""))
                .setPages(340)
                .setChangedPages(12)
                .setFiles(3)
                .setChangedFiles(1)
                .setRawBytes(65_536)
                .build();
        return PointCommitted.newBuilder()
                .setHeader(header)
                .setStoredBytes(2_048)
                .build();
    }

    static PointCommitted full() {
        PointHeader header = PointHeader.newBuilder(delta().getHeader())
                .setKind(PointKind.FULL)
                .setParent(null)
                .build();
        return PointCommitted.newBuilder()
                .setHeader(header)
                .setStoredBytes(4_096)
                .build();
    }

    static RestoreProgress running() {
        return RestoreProgress.newBuilder()
                .setRequest("request-1")
                .setAt(Instant.parse("2026-03-01T12:32:00Z"))
                .setHost("here")
                .setContainer("web")
                .setTimeline("00112233445566")
                .setPoint("0199c2f4a1b37e05")
                .setMode(RestoreMode.IN_PLACE)
                .setState(RestoreState.RUNNING)
                .setPercent(100)
                .setCode("OK")
                .setMessage("running")
                .setRunningContainer("aabbccddeeff")
                .setUndoPoint("0199c2f4a1b4ffff")
                .setRequestMillis(840)
                .setRunningMillis(310)
                .setMemoryMillis(-1)
                .build();
    }
}
