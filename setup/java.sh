# JDK 25 and Maven. Sourced by ./rewind; sets JAVA25.

need_java() {
    for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25*; do
        [ -x "$jdk/bin/javac" ] || continue
        case $("$jdk/bin/java" -version 2>&1) in *'version "25'*) JAVA25=$jdk && return 0 ;; esac
    done
    by_hand="install a JDK 25 by hand (Temurin, or your distribution's) and set JAVA_HOME"
    may_install "$by_hand"
    [ -n "$(apt-cache policy openjdk-25-jdk-headless 2>/dev/null | sed -n 's/^ *Candidate: \([0-9].*\)/\1/p')" ] ||
        fail "this release has no JDK 25 package; $by_hand"
    say "installing openjdk-25-jdk-headless: Rewind is written in Java 25"
    apt_install "$by_hand" openjdk-25-jdk-headless
    JAVA25=$(ls -d /usr/lib/jvm/java-25-openjdk* | head -n 1)
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    by_hand="install Maven 3.8 or later by hand"
    may_install "$by_hand"
    say "installing maven: Rewind is built with it"
    apt_install "$by_hand" maven
}
