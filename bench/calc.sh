#!/bin/sh
# Whole "my situation" computations a second on one core; budget: 100,000.
# bench/calc.sh [PROGRAM [TIMES]]
here=$(dirname "$0")
program=${1:-$here/../build/tiaojie}
times=${2:-300000}

rate() {
    begin=$(date +%s%N)
    "$program" law calc SITUATION "$@" --repeat "$times" < "$here/calc_story.json" > /dev/null || exit 1
    end=$(date +%s%N)
    echo $((times * 1000000000 / (end - begin)))
}

echo "computed, with every line's working: $(rate) a second"
echo "and written as JSON, 6 KB each:      $(rate --json) a second"
