#!/bin/sh
# clocks.sh [CASES]: all periods of so many open cases computed again after a new calendar.  DATABASE=address measures there.
. "$(dirname "$0")/lib.sh"
address=${DATABASE:-sqlite:$tmp/tiaojie.db}
"$build/bench/bench-generate" "$address" "${1:-1000000}" || exit 1
quiet
"$build/bench/bench-clocks" "$address" "$tmp"
