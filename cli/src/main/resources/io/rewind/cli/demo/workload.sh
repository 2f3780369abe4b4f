#!/bin/sh
# Counts in memory (a variable of this shell) and in a file at once. Neither is ever taken from the other; every
# round checks that both agree. A disagreement ends the counting and is told from then on.
#
# /verdict   agree|broken memory=N file=N resumed=N
#            resumed: the count at which it went on after a jump of the clock, or none
# stdout     the count, each round
# /order     a number put there overwrites the count in memory
memory=0
resumed=none
broken=no
mkdir -p /data
echo 0 >/data/count
last=$(date +%s)
while :; do
    # The wall clock: of all clocks the one that a restored process finds jumped.
    now=$(date +%s)
    if [ "$resumed" = none ] && [ $((now - last)) -ge 3 ]; then resumed=$memory; fi
    last=$now
    if [ -f /order ]; then
        read -r memory </order
        rm -f /order
    fi
    file=gone
    if [ -f /data/count ]; then read -r file </data/count; fi
    if [ "$memory" != "$file" ]; then broken=yes; fi
    if [ $broken = yes ]; then
        echo "broken memory=$memory file=$file resumed=$resumed" >/verdict
    else
        memory=$((memory + 1))
        echo $((file + 1)) >/data/count
        read -r file </data/count
        echo "agree memory=$memory file=$file resumed=$resumed" >/verdict
        echo $memory
    fi
    sleep 0.2
done
