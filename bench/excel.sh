#!/bin/sh
# excel.sh [ROWS]: imports ROWS ledger rows from XLSX, twice, exports all of them to XLSX and CSV, and lets exceljs write the same rows.
# Time and the most memory each process had.  plan.md: 500,000 in 120 s, 1,000,000 out in 60 s, 64 MB each.
. "$(dirname "$0")/lib.sh"
rows=${1:-500000}
house=$tmp/house
mkdir -p "$house"
"$build/test/run" --keep "$house" "sqlite:$house/tiaojie.db" "$root/test/scenario/0-1-organisations.scn" >/dev/null 2>&1
used() { /usr/bin/time -f '%e s, %U s user, %S s system, %M KB' "$@" 2>&1 >"$tmp/out" | tail -1; }
for part in 0 1; do
    "$build/bench/bench-ledger" "$rows" $((part * rows)) "$tmp/in.xlsx" || exit 1
    ls -l "$tmp/in.xlsx" | awk -v n="$rows" '{ printf "%d rows x 43 columns, %.1f MB\n", n, $5 / 1e6 }'
    [ $part = 0 ] && quiet
    echo "import: $(used "$tiaojie" import ledger "$tmp/in.xlsx" --folder "$house" --org 柳江区劳动人事争议多元调解中心 --json)"
    sed 's/.*"good":\([0-9]*\).*"bad":\([0-9]*\).*"made":\([0-9]*\).*/  good \1, wrong \2, cases \3/' "$tmp/out"
done
rm "$tmp/in.xlsx"
quiet
echo "export to XLSX: $(used "$tiaojie" export ledger --format xlsx --out "$tmp/all.xlsx" --folder "$house")"
echo "export to CSV: $(used "$tiaojie" export ledger --format csv --out "$tmp/all.csv" --folder "$house")"
ls -l "$tmp/all.xlsx" "$tmp/all.csv" | awk '{ printf "  %s %.1f MB\n", $NF, $5 / 1e6 }'
install_peer
echo "exceljs, the same rows from the CSV, without a database: $(used node "$root/bench/peer/excel.mjs" "$tmp/all.csv" "$tmp/peer.xlsx")"
ls -l "$tmp/peer.xlsx" | awk '{ printf "  %.1f MB\n", $5 / 1e6 }'
