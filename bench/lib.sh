# What the measurements share.  Sourced; sets $root, $build, $tiaojie, $tmp.
# Everything runs in a fresh folder below ${BENCH_TMP:-/var/tmp}: a disk, not memory.
root=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$root/build}
tiaojie=$build/tiaojie
export TIAOJIE_DATA="$root/data"
tmp=$(mktemp -d "${BENCH_TMP:-/var/tmp}/tiaojie-bench.XXXXXX")
pids=
clean() { for p in $pids; do kill "$p" 2>/dev/null; done; wait 2>/dev/null; rm -rf "$tmp"; }
trap clean EXIT
trap 'exit 130' INT TERM

# Waits, up to two minutes, until nobody else is at work; says so if somebody is.
quiet() {
    for _ in $(seq 24); do
        load=$(cut -d' ' -f1 /proc/loadavg)
        [ "${load%%.*}" -lt 1 ] && return
        sleep "${QUIET_STEP:-5}"
    done
    echo "note: load average $load before the run: other work shares the cores"
}

# serve FOLDER [DATABASE [options]]: sets $url and $pid.
serve() {
    folder=$1 database=$2
    shift; [ $# -gt 0 ] && shift
    mkdir -p "$folder"
    [ -n "$database" ] && set -- --database "$database" "$@"
    : >"$folder/said"
    "$tiaojie" serve --folder "$folder" --port 0 --log none "$@" >"$folder/said" 2>"$folder/err" &
    answers "$folder" $!
}
# peer FOLDER: the Fastify program on a copy of a database of ours.
peer() {
    : >"$1/said"
    PORT=$((20000 + $$ % 20000))
    node "$root/bench/peer/server.mjs" "$1" "$PORT" >"$1/said" 2>"$1/err" &
    answers "$1" $!
}
answers() { # FOLDER PID
    pid=$2 pids="$pids $2"
    for _ in $(seq 300); do
        url=$(sed -n 's/^listening on //p' "$1/said")
        [ -n "$url" ] && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$1/err" >&2
    exit 1
}
stop() { kill "$1" 2>/dev/null; wait "$1" 2>/dev/null; }

# A folder with a bureau, a centre and a clerk; sets $COOKIE, the clerk's session.
office() { # FOLDER [DATABASE]
    serve "$1" "$2"
    COOKIE=$(node "$root/bench/office.mjs" "$tiaojie" "$1" "$url" $2 | sed 's/.*"cookie":"\([^"]*\)".*/\1/')
    export COOKIE
    stop "$pid"
}
install_peer() {
    [ -d "$root/bench/peer/node_modules" ] && return
    (cd "$root/bench/peer" && npm_config_nodedir=$(dirname "$(dirname "$(command -v node)")") npm ci --no-audit --no-fund >/dev/null) || { echo "npm ci failed in bench/peer" >&2; exit 1; }
}

# load SCRIPT CLIENTS SECONDS: sets $rate (requests/s), $p50, $p99 (ms), $cpu (us of the server's time a request).
load() {
    before=$(ticks)
    wrk -t1 -c"$2" -d"$3"s --timeout 10s --latency -s "$root/bench/$1" "$url" >"$tmp/wrk"
    after=$(ticks)
    grep -E 'Non-2xx|Socket errors' "$tmp/wrk"
    rate=$(awk '/Requests\/sec/ { printf "%d", $2 }' "$tmp/wrk")
    p50=$(ms 50%) p99=$(ms 99%)
    done=$(awk '/requests in/ { print $1 }' "$tmp/wrk")
    cpu=$(((after - before) * 10000 / (done > 0 ? done : 1)))
}
ms() { awk -v w="$1" '$1 == w { v = $2; u = 1; if (v ~ /us$/) u = 0.001; else if (v !~ /ms$/) u = 1000; printf "%.1f", v * u }' "$tmp/wrk"; }
ticks() { awk '{ print $14 + $15 }' "/proc/$pid/stat"; } # hundredths of a second, all threads
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }
