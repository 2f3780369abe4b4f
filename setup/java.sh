# JDK 25 and Maven. Sourced by ./rewind; sets JAVA25.

JAVA_PRIVATE=/opt/rewind/java

need_java() {
    for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$JAVA_PRIVATE"/usr/lib/jvm/java-25-openjdk-*; do
        [ -x "$jdk/bin/javac" ] || continue
        case $("$jdk/bin/java" -version 2>&1) in *'version "25'*) JAVA25=$jdk && return 0 ;; esac
    done
    by_hand="install a JDK 25 by hand (Temurin, or your distribution's) and set JAVA_HOME"
    may_install "$by_hand"
    if [ -n "$(apt-cache policy openjdk-25-jdk-headless 2>/dev/null | sed -n 's/^ *Candidate: \([0-9].*\)/\1/p')" ]; then
        say "installing openjdk-25-jdk-headless: Rewind is written in Java 25"
        apt_install "$by_hand" openjdk-25-jdk-headless
        JAVA25=$(ls -d /usr/lib/jvm/java-25-openjdk* | head -n 1)
    else
        install_private_java "$by_hand"
    fi
}

# A newer suite's JDK needs that suite's libc. Java finds its own parts by the path of its program, so a wrapper around
# the loader will not do: the programs themselves are told which loader and libraries are theirs.
install_private_java() { # BY_HAND
    say "this release has no JDK 25: putting Debian trixie's with its libraries into $JAVA_PRIVATE (the system's stay as they are)"
    command -v patchelf >/dev/null 2>&1 || apt_install "$1" patchelf
    private_closure "$1" "$JAVA_PRIVATE" trixie openjdk-25-jdk-headless
    JAVA25=$(ls -d "$JAVA_PRIVATE"/usr/lib/jvm/java-25-openjdk-* | head -n 1)
    loader=$(private_loader "$JAVA_PRIVATE")
    libraries=$(private_libraries "$JAVA_PRIVATE")
    for program in "$JAVA25"/bin/* "$JAVA25/lib/jspawnhelper"; do
        patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$JAVA25/lib:$JAVA25/lib/server:$libraries" "$program"
    done
    # Its settings are links into the system's /etc, where nothing was installed. The certificates there are the
    # system's own, which Maven's package brings.
    find "$JAVA25/" -type l | while read -r link; do
        target=$(readlink "$link")
        case $target in
            /etc/java-*) ln -sfn "$JAVA_PRIVATE$target" "$link" ;;
        esac
    done
    "$JAVA25/bin/java" -version >/dev/null 2>&1 || fail "Debian trixie's JDK does not start here; $1"
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    by_hand="install Maven 3.8 or later by hand"
    may_install "$by_hand"
    say "installing maven: Rewind is built with it"
    apt_install "$by_hand" maven
}
