#!/bin/sh
# Complete cases registered a second, durably, by 64 clients: we and Fastify + better-sqlite3, in turn, three times.
# bench/register.sh [SECONDS [CLIENTS]]; POSTGRES=address measures us on PostgreSQL instead (script/with-postgres).
. "$(dirname "$0")/lib.sh"
seconds=${1:-10} clients=${2:-64} FIRST=0
export FIRST ROUND
runs=${RUNS:-3}
office "$tmp/ours" "$POSTGRES"
if [ -z "$POSTGRES" ]; then
    install_peer
    mkdir -p "$tmp/theirs/index" && cp "$tmp/ours/tiaojie.db" "$tmp/theirs/"
    echo "disk: $("$build/bench/bench-fsync" "$tmp/block")"
fi
measure() { # NAME
    FIRST=$((FIRST + 200000))
    load register.lua "$clients" "$seconds"
    echo "$1: $rate cases/s, p50 $p50 ms, p99 $p99 ms, $cpu us of CPU a case"
    echo "$rate" >>"$tmp/$1.rate"; echo "$p99" >>"$tmp/$1.p99"; echo "$cpu" >>"$tmp/$1.cpu"
}
for ROUND in $(seq "$runs"); do
    quiet
    serve "$tmp/ours" "$POSTGRES" ${WORKERS:+--workers $WORKERS}; ours=$pid
    measure ours; stop "$ours"
    [ -n "$POSTGRES" ] && continue
    peer "$tmp/theirs"; theirs=$pid
    measure theirs; stop "$theirs"
    export GROUP=1
    peer "$tmp/theirs"; theirs=$pid
    measure theirs-in-groups; stop "$theirs"
    unset GROUP
done
echo "load average $(cut -d' ' -f1-3 /proc/loadavg)"
a=$(median <"$tmp/ours.rate") p=$(median <"$tmp/ours.p99")
u=$(median <"$tmp/ours.cpu")
echo "median: ours $a cases/s, p99 $p ms, $u us of CPU"
[ -n "$POSTGRES" ] && exit
for other in theirs theirs-in-groups; do
    b=$(median <"$tmp/$other.rate") v=$(median <"$tmp/$other.cpu")
    echo "median: $other $b cases/s, p99 $(median <"$tmp/$other.p99") ms, $v us of CPU; ratio $(ratio "$a" "$b"), of CPU $(ratio "$v" "$u") (budget 5; p99 100 ms)"
done
