#!/bin/sh
# list.sh [CASES] [REQUESTS]: lists of 50 with town, state and date filters, every level and role, on both engines.
cd "$(dirname "$0")/.." || exit 1
exec bench/both.sh list "${1:-5000000}" "${2:-300}"
