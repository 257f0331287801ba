#!/bin/sh
# From the command to the first answer, and the memory held when idle, with N cases (5,000,000).
# bench/start.sh [N]; FOLDER=dir keeps the database of a first run for the next.
. "$(dirname "$0")/lib.sh"
n=${1:-5000000}
folder=${FOLDER:-$tmp/many}
mkdir -p "$folder"
if [ ! -f "$folder/tiaojie.db" ]; then
    begin=$(date +%s)
    "$build/bench/bench-generate" "sqlite:$folder/tiaojie.db" "$n" || exit 1
    echo "made in $(($(date +%s) - begin)) s, $(($(stat -c %s "$folder/tiaojie.db") / 1000000)) MB"
fi
first_answer() {
    port=$((20000 + $$ % 20000)) begin=$(date +%s%N)
    "$tiaojie" serve --folder "$folder" --port "$port" --log none >"$folder/said" 2>"$folder/err" &
    pid=$! pids="$pids $!"
    until curl -sf -o "$tmp/ready" "http://127.0.0.1:$port/readyz"; do kill -0 "$pid" || { cat "$folder/err"; exit 1; }; done
    took=$((($(date +%s%N) - begin) / 1000000))
}
for _ in $(seq "${RUNS:-3}"); do
    quiet
    first_answer
    sleep 5
    resident=$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status")
    echo "first answer after $took ms; resident when idle $resident MB"
    echo "$took" >>"$tmp/took"; echo "$resident" >>"$tmp/resident"
    stop "$pid"
done
echo "median: $(median <"$tmp/took") ms (budget 1000), $(median <"$tmp/resident") MB (budget 200)"
