#!/bin/sh
# search.sh [CASES] [REQUESTS]: words and names in the searcher's scope, on both engines; builds the index first.
cd "$(dirname "$0")/.." || exit 1
exec bench/both.sh search "${1:-5000000}" "${2:-300}" rebuild
