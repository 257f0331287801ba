#!/bin/sh
# sheets.sh [ROWS] [SHEETS]: imports a ledger of so many rows on so many sheets, and the same rows on one.
. "$(dirname "$0")/lib.sh"
rows=${1:-240000} sheets=${2:-24}
used() { /usr/bin/time -f '%e s, %U s user, %S s system, %M KB' "$@" 2>&1 >"$tmp/out" | tail -1; }
import() { # FILE
    house=$tmp/house-$1
    mkdir -p "$house"
    "$build/test/run" --keep "$house" "sqlite:$house/tiaojie.db" "$root/test/scenario/0-1-organisations.scn" >/dev/null 2>&1
    ls -l "$tmp/$1.xlsx" | awk -v f="$1" '{ printf "%s: %.1f MB\n", f, $5 / 1e6 }'
    echo "  import: $(used "$tiaojie" import ledger "$tmp/$1.xlsx" --folder "$house" --org 柳江区劳动人事争议多元调解中心)"
    grep -o '[0-9]* cases imported' "$tmp/out" | awk '{ n += $1; k++ } END { printf "  %d cases of %d sheets\n", n, k }'
    rm -rf "$house"
}
each=$((rows / sheets))
for i in $(seq "$sheets"); do
    "$build/bench/bench-ledger" "$each" $(((i - 1) * each)) "$tmp/part-$i.xlsx" || exit 1
    set -- "$@" "$tmp/part-$i.xlsx"
done
[ $# -gt "$sheets" ] && shift $(($# - sheets))
python3 "$root/bench/sheets.py" "$tmp/many.xlsx" "$@" || exit 1
rm "$@"
"$build/bench/bench-ledger" "$rows" 0 "$tmp/one.xlsx" || exit 1
quiet
import many
import one
