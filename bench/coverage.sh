#!/bin/sh
# coverage.sh [EMPLOYERS] [ORGS] [REQUESTS]: the board of coverage of a province by the day, who leads, who is missing.
# SQLite, or $DATABASE (script/with-postgres sh -c 'DATABASE="$POSTGRES" sh bench/coverage.sh').
. "$(dirname "$0")/lib.sh"
address=${DATABASE:-sqlite:$tmp/tiaojie.db}
"$build/test/run" --keep "$tmp" "$address" "$root/test/scenario/0-nothing.scn" >/dev/null 2>&1
"$build/bench/bench-coverage" "$address" "$tmp" fill "${1:-20000}" "${2:-1000}" || exit 1
case $address in postgres*) psql -q "$address" -c ANALYZE ;; esac
"$build/bench/bench-coverage" "$address" "$tmp" ask "${3:-100}"
