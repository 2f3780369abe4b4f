# What the tests of metrics, alerts, dashboards and of the feed need. Sourced by ./rewind.

PROMETHEUS_FOLDER=/opt/rewind/prometheus
export REWIND_PROMETHEUS=$PROMETHEUS_FOLDER/usr/bin

# prometheus and promtool, unpacked: installed they would start a server.
need_prometheus() {
    [ -x "$REWIND_PROMETHEUS/promtool" ] && return 0
    by_hand="put prometheus and promtool into $REWIND_PROMETHEUS by hand"
    may_install "$by_hand"
    say "fetching Debian's prometheus for the tests (it is not installed on the machine)"
    unpack_package "$by_hand" "$PROMETHEUS_FOLDER" prometheus
}

# The example of docs/feed reads the points topic in Python, too.
need_feed_example() {
    /usr/bin/python3 -c 'import avro, confluent_kafka' 2>/dev/null && return 0
    by_hand="install Python 3 with avro and confluent_kafka by hand"
    may_install "$by_hand"
    say "installing python3-avro and python3-confluent-kafka: an example reads points with them"
    apt_install "$by_hand" python3-avro python3-confluent-kafka
}
