# Builds when a source is newer than the last build, and starts what was built. Sourced by ./rewind.

BUILD_STAMP=cli/target/built

# Native calls go through the Foreign Function & Memory API; Unsafe is what Kafka's and Netty's jars still use.
JVM_FLAGS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

is_built() { # HOME
    [ -f "$1/$BUILD_STAMP" ] &&
        [ -z "$(find "$1" -name target -prune -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$1/$BUILD_STAMP" -print | head -n 1)" ]
}

# One at a time: a second command waits for the build that is under way, and then has nothing to do.
need_build() { # HOME
    is_built "$1" && return 0
    need_maven
    { flock 9 && build "$1" 9<&-; } 9<"$1/pom.xml"
}

build() { # HOME
    is_built "$1" && return 0
    say "building (first use, or sources changed); this takes a minute or two"
    log=$(mktemp)
    (cd "$1" && JAVA_HOME=$JAVA25 mvn -q -B -DskipTests -Dspotless.check.skip=true package) >"$log" 2>&1 || {
        grep -E 'ERROR|BUILD' "$log" | head -n 20 >&2
        fail "the build failed; the whole log is in $log"
    }
    rm -f "$log"
    touch "$1/$BUILD_STAMP"
}

exec_cli() { # HOME ARGUMENT...
    root=$1
    shift
    # A command lives for a second: start it fast, from an archive of loaded classes that the first start leaves behind.
    REWIND_JAVA=$JAVA25/bin/java REWIND_HOME=$root exec "$JAVA25/bin/java" $JVM_FLAGS -XX:+UseSerialGC \
        -XX:TieredStopAtLevel=1 -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$root/cli/target/rewind.jsa" \
        -Xlog:disable \
        -cp "$root/cli/target/rewind.jar:$root/cli/target/lib/*" io.rewind.cli.Main "$@"
}

# A service lives for months; its flags are those of a node.
exec_service() { # HOME ARGUMENT...
    root=$1
    shift
    exec "$JAVA25/bin/java" "@$root/setup/service.jvm" ${REWIND_JVM:-} \
        -cp "$root/cli/target/rewind.jar:$root/cli/target/lib/*" io.rewind.cli.Main "$@"
}

# A benchmark is no command of a second: it gets the whole compiler, and draws pictures.
exec_bench() { # HOME ARGUMENT...
    root=$1
    shift
    REWIND_HOME=$root exec "$JAVA25/bin/java" $JVM_FLAGS -cp "$root/benchmarks/target/benchmarks.jar:$root/benchmarks/target/lib/*" \
        io.rewind.benchmarks.Main "$@"
}

exec_tests() { # HOME ARGUMENT...
    cd "$1"
    shift
    JAVA_HOME=$JAVA25 exec mvn -B verify "$@"
}

# Many more worlds than the suite has time for; ends the script.
exec_simulation() { # HOME simulation [--seeds N] [--from SEED]
    cd "$1"
    shift 2
    seeds=100000
    from=1
    while [ $# -gt 0 ]; do
        case $1:${2:-} in
            --seeds:[1-9]*) seeds=$2 ;;
            --from:[0-9]*) from=$2 ;;
            *) fail "./rewind test simulation [--seeds N] [--from SEED]" ;;
        esac
        shift 2
    done
    JAVA_HOME=$JAVA25 mvn -q -B -pl cli -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=SimulationTest \
        "-Drewind.simulation.seeds=$seeds" "-Drewind.simulation.from=$from"
    grep -h '^simulation:' cli/target/surefire-reports/*SimulationTest-output.txt
    exit
}

# One test class that is not of the suite; ends the script.
exec_extra_test() { # HOME MODULE TEST PROPERTY
    cd "$1"
    JAVA_HOME=$JAVA25 exec mvn -B -pl "$2" -am test -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=$3" \
        "-Drewind.test.$4=true"
}

# One test at a length that the suite has no time for; ends the script with what it counted.
exec_long_test() { # HOME MODULE TEST PROPERTY COUNT NAME [--PROPERTY N]
    case ${7:-}:${8:-} in
        :) count=$5 ;;
        --$4:[1-9]*) count=$8 ;;
        *) fail "./rewind test $6 [--$4 N]" ;;
    esac
    cd "$1"
    JAVA_HOME=$JAVA25 mvn -q -B -pl "$2" -am test -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=$3" \
        "-Drewind.test.$4=$count" || exit 1
    grep -h "^$6:" "$2"/target/surefire-reports/*-output.txt
    exit
}
