#!/bin/sh
# volume.sh: a volume of 100 pages bound by the worker process: 24 documents, 5 PDFs of 4 pages, photographs.  Budget: 3 s.
cd "$(dirname "$0")/.." || exit 1
BUILD=${BUILD:-build}
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
[ -f "$BUILD/fonts/song.otf" ] || BUILD=$BUILD sh script/fonts
worker() { "$BUILD/tiaojie" volume-worker --plan "$1" --to "$2" --fonts "$BUILD/fonts"; }
python3 test/volume_plan.py "$TMP/plan" doc:0:1:合同:12 && worker "$TMP/plan" "$TMP/four.pdf" >/dev/null
pdftoppm -r 150 -jpeg -f 1 -l 1 "$TMP/four.pdf" "$TMP/photo"
pdftoppm -r 100 -png -f 1 -l 1 "$TMP/four.pdf" "$TMP/shot"
parts="doc:0:0:封面:1 doc:0:0:目录:index"
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do parts="$parts doc:0:1:文书$n:12"; done
for n in 1 2 3 4 5; do parts="$parts pdf:1:1:合同$n:$TMP/four.pdf"; done
for n in 1 2 3 4 5 6 7 8; do parts="$parts picture:1:1:照片$n:$(ls "$TMP"/photo*.jpg)"; done
for n in 1 2; do parts="$parts picture:1:1:截图$n:$(ls "$TMP"/shot*.png)"; done
# shellcheck disable=SC2086
python3 test/volume_plan.py "$TMP/plan" $parts
for run in 1 2 3 4 5; do
    begun=$(date +%s%N)
    pages=$(worker "$TMP/plan" "$TMP/volume.pdf" | awk '/^bound/ { print $2 }')
    ended=$(date +%s%N)
    printf '%s pages in %d ms, %d KB\n' "$pages" $(((ended - begun) / 1000000)) $(($(wc -c <"$TMP/volume.pdf") / 1024))
done
