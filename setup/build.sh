# Builds when a source is newer than the last build, and starts what was built. Sourced by ./rewind.

BUILD_STAMP=cli/target/built
COMMAND_CACHE=cli/target/rewind.aot
COMMAND_ARCHIVE=cli/target/rewind.jsa

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
    rm -f "$log" "$1/$COMMAND_CACHE" "$1/$COMMAND_ARCHIVE"
    touch "$1/$BUILD_STAMP"
}

# A command lives for a second: start it fast, from what training left behind, else from what the first command did.
exec_cli() { # HOME ARGUMENT...
    root=$1
    shift
    if [ -f "$root/$COMMAND_CACHE" ]; then
        exec_command "$root" -XX:AOTCache="$root/$COMMAND_CACHE" "$@"
    fi
    JVM_FLAGS="$JVM_FLAGS -XX:+AutoCreateSharedArchive"
    exec_command "$root" -XX:SharedArchiveFile="$root/$COMMAND_ARCHIVE" "$@"
}

exec_command() { # HOME JVMFLAG ARGUMENT...
    root=$1
    flag=$2
    shift 2
    REWIND_JAVA=$JAVA25/bin/java REWIND_HOME=$root exec "$JAVA25/bin/java" $JVM_FLAGS -XX:+UseSerialGC \
        -XX:TieredStopAtLevel=1 "$flag" -Xlog:disable \
        -cp "$root/cli/target/rewind.jar:$root/cli/target/lib/*" io.rewind.cli.Main "$@"
}

# Lays out, beside whatever else is done, what commands load: docs/adr/051. Needs a running node; to be called once it is.
train_cli() { # HOME ARGUMENT...
    [ ! -f "$1/$COMMAND_CACHE" ] || return 0
    (
        # Behind all else that wants a processor; $$ would be the launcher.
        renice -n 19 -p "$(sh -c 'echo $PPID')"
        root=$1
        shift
        new=$(mktemp "$root/$COMMAND_CACHE.XXXXXX")
        trap 'rm -f "$new" "$new.config"' EXIT
        (exec_command "$root" -XX:AOTCacheOutput="$new" train "$@") && [ -s "$new" ] && mv "$new" "$root/$COMMAND_CACHE"
    ) </dev/null >/dev/null 2>&1 &
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
