package io.rewind.restore.export;

import io.rewind.event.PointHeader;
import io.rewind.runtime.posix.PosixPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page in an export that says how to use it; its commands are what the tests run. */
final class Readme {
    private Readme() {}

    static String of(PointHeader header, Bundle bundle) {
        return """
            # %1$s, as it was at %2$s

            Point %3$s. Made by Rewind, usable without it, as root on Linux. Captured on kernel %4$s with CRIU %5$s; where it
            is restored the processor must have the same features, and kernel and CRIU must not be older.

            `upper` holds what changed since the image `%6$s`. The image itself is needed, unpacked, as `$ROOTFS`:

                docker create --name unpacked IMAGE x && mkdir image && docker export unpacked | tar -x -C image
                export ROOTFS=$PWD/image

            `mounts` stands in for what was mounted from outside:

            %7$s

            Put the content of volumes there. Files that a process has open must be there, in the size they had.

            What runs writes into `upper`: copy this folder first (`cp -a`) to start it twice.

            ## With runc

            ````sh
            mkdir -p rootfs work criu
            mount -t overlay overlay -o "lowerdir=$ROOTFS,upperdir=upper,workdir=work" rootfs
            mount --make-shared rootfs
            %8$s
            ````

            It then runs as any container of runc: `runc list`, `runc exec restored sh`, `runc delete --force restored`.
            %9$s

            ## With CRIU alone

            ````sh
            mkdir -p rootfs work criu
            mountpoint -q rootfs || mount -t overlay overlay -o "lowerdir=$ROOTFS,upperdir=upper,workdir=work" rootfs
            mount --make-shared rootfs
            %10$s
            ````

            The processes then run in namespaces of their own, with the numbers that they had, below the first one.

            ## In a debugger

            `cores/core.PID` is process PID as it was, with its memory; what it mapped from files is in the image:

                gdb -ex "set sysroot $PWD/rootfs" rootfs/PATH/OF/PROGRAM cores/core.1
            """.formatted(
                        plain(header.getName()),
                        header.getCaptured(),
                        plain(header.getPoint()),
                        plain(header.getFingerprint().getKernel()),
                        plain(header.getFingerprint().getCriu()),
                        plain(header.getImage()),
                        mounts(bundle),
                        runc(bundle),
                        bundle.ownNetwork()
                                ? "Its network is empty but for `lo`; wire it with `ip link`."
                                : "It shared another network than its own; this is restored in the one runc runs in.",
                        criu(bundle));
    }

    private static String mounts(Bundle bundle) {
        return bundle.mounts().isEmpty()
                ? "(there was none)"
                : bundle.mounts().stream()
                        .map(m -> "- `" + m.source() + "` for `" + plain(m.inside()) + "`")
                        .collect(Collectors.joining("\n"));
    }

    private static String runc(Bundle bundle) {
        List<String> words = new ArrayList<>(List.of("CRIU_CONFIG_FILE=\"$PWD/criu.conf\" runc restore --detach"));
        words.add("--image-path images --work-path criu --manage-cgroups-mode ignore --file-locks");
        if (bundle.ownNetwork()) {
            words.add("--empty-ns network");
        }
        words.add("restored");
        return command(words);
    }

    private static String criu(Bundle bundle) {
        List<String> words =
                new ArrayList<>(List.of("criu restore --restore-detached --images-dir images --work-dir criu"));
        words.add("--root \"$PWD/rootfs\" --manage-cgroups=ignore --tcp-close --file-locks --evasive-devices");
        if (bundle.ownNetwork()) {
            words.add("--empty-ns net");
        }
        bundle.mounts()
                .forEach(m ->
                        words.add("--external " + quoted("mnt[" + m.inside() + "]:") + "\"$PWD/" + m.source() + "\""));
        bundle.cgroups().forEach(at -> words.add("--external " + quoted("mnt[" + at + "]:" + at)));
        if (bundle.masked()) {
            words.add("--external 'mnt[/dev/null]:/dev/null'");
        }
        for (int i = 0; i < bundle.outputs().size(); i++) {
            if (!bundle.outputs().get(i).isEmpty()) {
                words.add("--inherit-fd "
                        + quoted("fd[" + i + "]:" + bundle.outputs().get(i)));
            }
        }
        return command(words);
    }

    private static String command(List<String> words) {
        return String.join(" \\\n    ", words);
    }

    /** For a shell; there are no control characters in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** For Markdown. */
    private static String plain(String text) {
        return PosixPath.display(PosixPath.of(text)).replace("`", "'");
    }
}
