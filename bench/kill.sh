#!/bin/sh
# kill -9 under 64 registering clients, then start: how long to the first answer, and whether all that was answered is there.
# bench/kill.sh
. "$(dirname "$0")/lib.sh"
export FIRST=0 ROUND
office "$tmp/ours"
for ROUND in $(seq "${RUNS:-3}"); do
    FIRST=$((FIRST + 200000))
    serve "$tmp/ours"
    wrk -t1 -c64 -d10s --timeout 2s -s "$root/bench/register.lua" "$url" >"$tmp/wrk" 2>/dev/null &
    client=$!
    sleep 5
    kill -9 "$pid"; wait "$pid" 2>/dev/null
    wal=$(($(stat -c %s "$tmp/ours/tiaojie.db-wal") / 1000000))
    begin=$(date +%s%N)
    serve "$tmp/ours"
    until curl -sf -o "$tmp/ready" "$url/readyz"; do :; done
    took=$((($(date +%s%N) - begin) / 1000000))
    wait "$client"
    answered=$(awk '/requests in/ { print $1 }' "$tmp/wrk")
    there=$(sqlite3 "$tmp/ours/tiaojie.db" 'SELECT count(*) FROM cases')
    last=${all:-0} all=$there
    echo "first answer after $took ms ($wal MB of log to go through); $answered answered, $((there - last)) stored"
    [ $((there - last)) -ge "$answered" ] || { echo "LOST $((answered - there + last))"; exit 1; }
    echo "$took" >>"$tmp/took"
    stop "$pid"
done
echo "median: $(median <"$tmp/took") ms (budget 2000); nothing answered was lost"
