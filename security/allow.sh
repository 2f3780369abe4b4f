#!/bin/sh
# Allows the users rewind-agent, rewind-encoder, … what acls.txt beside this lists, with Kafka's own kafka-acls.sh (on the
# PATH):  security/allow.sh HOST:PORT ADMIN.properties
set -eu
[ $# -eq 2 ] || { echo "usage: $0 HOST:PORT ADMIN.properties" >&2; exit 2; }
grep -v '^#' "$(dirname "$0")/acls.txt" | while read -r program operation resource name pattern; do
    kafka-acls.sh --bootstrap-server "$1" --command-config "$2" --add --allow-principal "User:rewind-$program" \
        --operation "$operation" "--$resource" "$name" --resource-pattern-type "$pattern" </dev/null
done
