#!/bin/sh
# both.sh KIND CASES REQUESTS [rebuild]: makes that many cases in a new database of each engine and asks for KIND
# (a beginning of the names in bench/ask.c).  Needs some 10 GB of room at five million cases.  POSTGRES=none: SQLite alone.
BUILD=${BUILD:-build}
if [ -z "$POSTGRES" ]; then
    POSTGRES_OPTIONS='-c fsync=off -c shared_buffers=2GB -c max_wal_size=8GB' exec script/with-postgres "$0" "$@"
fi
TMP=$(mktemp -d "${BENCH_TMP:-/var/tmp}/tiaojie-bench.XXXXXX")
trap 'rm -rf "$TMP"' EXIT
for address in "sqlite:$TMP/tiaojie.db" "$POSTGRES"; do
    [ "$address" = none ] && continue
    echo "== ${address%%:*}"
    "$BUILD/bench/bench-generate" "$address" "$2" || exit 1
    # shellcheck disable=SC2086
    "$BUILD/bench/bench-ask" "$address" "$TMP" "$1" "$3" $4 || exit 1
done
