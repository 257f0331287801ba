#!/bin/sh
# months.sh [CASES] [REQUESTS] [SUMS]: the month's end and statistics with so many cases below 1,476 organisations on five
# levels; then, if given, with the sums of months that so many cases (10000000) would leave.
. "$(dirname "$0")/lib.sh"
address=${DATABASE:-sqlite:$tmp/tiaojie.db}
"$build/bench/bench-generate" "$address" "${1:-1000000}" || exit 1
"$build/bench/bench-months" "$address" "$tmp" network || exit 1
"$build/bench/bench-months" "$address" "$tmp" count || exit 1
"$build/bench/bench-months" "$address" "$tmp" ask "${2:-100}"
[ -z "$3" ] && exit
"$build/bench/bench-months" "$address" "$tmp" sums "$3" || exit 1
"$build/bench/bench-months" "$address" "$tmp" ask "${2:-100}"
