#!/bin/sh
# Case pages read a second: we and Fastify + better-sqlite3 on rows of the same kind, in turn, three times.
# bench/read.sh [SECONDS [CLIENTS]]; POSTGRES=address measures us on PostgreSQL instead (script/with-postgres).
. "$(dirname "$0")/lib.sh"
seconds=${1:-5} clients=${2:-64}
export FIRST=0 ROUND=1 IDS PART
office "$tmp/ours" "$POSTGRES"
fill() { load register.lua 16 3; }
ids() { sqlite3 "$1/tiaojie.db" 'SELECT id FROM cases ORDER BY id LIMIT 2000' >"$1/ids"; }
pg_ids() { psql -Atq "$POSTGRES" -c 'SELECT id FROM cases ORDER BY id LIMIT 2000' >"$1/ids"; }
[ -n "$POSTGRES" ] || { install_peer; mkdir -p "$tmp/theirs" && cp "$tmp/ours/tiaojie.db" "$tmp/theirs/"; }
serve "$tmp/ours" "$POSTGRES" ${WORKERS:+--workers $WORKERS}; ours=$pid our_url=$url
fill
if [ -n "$POSTGRES" ]; then pg_ids "$tmp/ours"; else ids "$tmp/ours"; fi
if [ -z "$POSTGRES" ]; then
    peer "$tmp/theirs"; theirs=$pid their_url=$url
    fill; ids "$tmp/theirs"
    sleep 5 # the text index catches up
fi
measure() { # NAME FOLDER
    IDS=$2/ids
    load read.lua "$clients" 1 # warm
    load read.lua "$clients" "$seconds"
    echo "$1 case$PART: $rate pages/s, p50 $p50 ms, p99 $p99 ms, $cpu us of CPU a page"
    echo "$rate" >>"$tmp/$1$(echo "$PART" | tr / -).rate"
    echo "$cpu" >>"$tmp/$1$(echo "$PART" | tr / -).cpu"
}
for PART in "" /intake; do
    for _ in $(seq "${RUNS:-3}"); do
        quiet
        pid=$ours url=$our_url; measure ours "$tmp/ours"
        [ -n "$POSTGRES" ] && continue
        pid=$theirs url=$their_url; measure theirs "$tmp/theirs"
    done
    at=$(echo "$PART" | tr / -)
    a=$(median <"$tmp/ours$at.rate") u=$(median <"$tmp/ours$at.cpu")
    echo "median of case$PART: ours $a pages/s, $u us of CPU"
    [ -n "$POSTGRES" ] && continue
    b=$(median <"$tmp/theirs$at.rate") v=$(median <"$tmp/theirs$at.cpu")
    echo "median of case$PART: theirs $b pages/s, $v us of CPU; ratio $(ratio "$a" "$b"), of CPU $(ratio "$v" "$u") (budget 4)"
done
