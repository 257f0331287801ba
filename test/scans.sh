#!/bin/sh
# scans.sh BUILD ENGINE: a scanned pile of two cases, crooked, upside down, dirty and torn, sorted by a running server; killed in the middle.
# ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
database house
BUILD=$BUILD sh script/fonts
"$BUILD/test/run" --keep "$TMP/house" "$address" test/scenario/0*.scn test/scenario/8-papers.scn test/scenario/8-scans.scn >"$TMP/played" 2>&1 \
    || { bad "the scenarios"; grep -A3 FAILED "$TMP/played"; }
rm -f "$TMP/house/incoming" # a refused upload of the player
serve() {
    : >"$TMP/served"
    "$BUILD/tiaojie" serve --folder "$TMP/house" --database "$address" --port 0 --demo --origin https://tj.example --log none >"$TMP/served" 2>&1 &
    server=$! running=$!
    come listening "$TMP/served"
}
file() { digest=$(sql "SELECT file FROM made WHERE $1 ORDER BY pages DESC, id LIMIT 1"); echo "$TMP/house/files/$(echo "$digest" | cut -c1-2)/$digest"; }

# ---- every printed page says which paper it is, and which page of it ----
centre=$(sql "SELECT id FROM org WHERE name = '柳城县劳动人事争议多元调解中心'")
first=$(sql "SELECT case_id FROM made WHERE case_id > 0 AND pages > 1 AND file <> '' ORDER BY pages DESC, case_id LIMIT 1")
second=$(sql "SELECT case_id FROM made WHERE case_id > 0 AND case_id <> $first AND file <> '' ORDER BY pages DESC, case_id LIMIT 1")
one=$(file "case_id = $first") two=$(file "case_id = $second")
code=$(sql "SELECT verify FROM made WHERE case_id = $first ORDER BY pages DESC, id LIMIT 1")
many=$(pdfinfo "$one" | awk '/^Pages/ { print $2 }')
more=$(pdfinfo "$two" | awk '/^Pages/ { print $2 }')
mkdir "$TMP/apart"
"$BUILD/tiaojie" scan-worker --file "$one" --type pdf --to "$TMP/apart" --from 1 --count 50 >"$TMP/read"
is "the code of each page" "$(grep -c "^page [0-9]* 1 [0-9]* $code$" "$TMP/read")" "$many"
is "and the number of each" "$(awk '/^page / && $2 != $4' "$TMP/read" | wc -l)" 0
"$BUILD/tiaojie" paper D14 --sample --pdf "$TMP/foreign.pdf"
qpdf --encrypt secret secret 256 -- "$one" "$TMP/locked.pdf"
is "a locked file has no pages for us" "$("$BUILD/tiaojie" scan-worker --file "$TMP/locked.pdf" --type pdf --to "$TMP/apart")" "pages 0"
pdftoppm -jpeg -r 150 -f 1 -l 1 "$one" "$TMP/photo"
is "a photograph" "$("$BUILD/tiaojie" scan-worker --file "$TMP"/photo-*.jpg --type jpg --to "$TMP/apart" | head -1)" "page 1 1 1 $code"
is "half a picture has none" "$(head -c 300 "$one" >"$TMP/half"; "$BUILD/tiaojie" scan-worker --file "$TMP/half" --type jpg --to "$TMP/apart")" "pages 0"

# ---- a pile, sorted ----
"$BUILD/tiaojie" user add scanner --roles clerk --org "$centre" --json --folder "$TMP/house" --database "$address" >"$TMP/said" 2>&1
password=$(sed -n 's/.*"password":"\([^"]*\)".*/\1/p' "$TMP/said")
serve
mkdir "$TMP/work"
scans() { python3 test/scans.py "$TMP/work" "$base" "$password" "$one" "$two" "$TMP/foreign.pdf"; }
scans >"$TMP/said" 2>"$TMP/errors" || bad "scans.py: $(tail -3 "$TMP/errors")"
cases() { awk -v c="$1" '$1 == "page" && $3 == "FILED" && $5 == c' "$TMP/said" | wc -l; }
crooked_to=$([ "$more" -gt 1 ] && echo 1 || echo 0)
is "pages of the first case: two copies, one page twice more" "$(cases "$first")" $((2 * many + 1 + 1 - crooked_to))
is "pages of the second case, the crooked one too" "$(cases "$second")" "$more"
is "no code, two, and a code that is none of ours: the tray" "$(awk '$3 == "TRAY" { print $4 }' "$TMP/said" | sort | tr '\n' ' ')" "no_code two_codes unknown "
is "an empty sheet" "$(awk '$3 == "BLANK"' "$TMP/said" | wc -l)" 1
is "nothing is lost" "$(awk '$1 == "report" { print $3 - $4, $4 - $5 - $6 - $7 }' "$TMP/said")" "0 0"
is "every file has the pages that are said" "$(awk '$1 == "file" && $3 != $4' "$TMP/said" | wc -l)" 0
is "two whole copies, and a single page, are three files" "$(awk -v c="$first" '$1 == "file" && $2 == c' "$TMP/said" | wc -l)" 3
is "all of it taken back" "$(awk '$1 == "undone" { print $2 }' "$TMP/said")" 0
is "what was filed is withdrawn" "$(sql "SELECT count(*) FROM evidence e WHERE e.kind = 'SCAN' AND e.origin = '周一.pdf' AND e.withdrawn IS NULL")" 0

# ---- killed in the middle: goes on at once where it was, and files nothing twice ----
SCANS_LEAVE=1 scans >"$TMP/said" 2>"$TMP/errors" || bad "scans.py: $(tail -3 "$TMP/errors")"
pile=$(awk '$1 == "pile" { print $2 }' "$TMP/said")
kill -9 "$server"; wait "$server" 2>/dev/null
before=$(date +%s)
serve
SCANS_PILE=$pile scans >"$TMP/said" 2>"$TMP/errors" || bad "scans.py: $(tail -3 "$TMP/errors")"
is "after a kill -9 it is done" "$(awk '$1 == "after" { print $2, $3 - $4 - $5 - $6 }' "$TMP/said")" "done 0"
[ $(($(date +%s) - before)) -lt 100 ] && good || bad "it waited for the dead one's lease"
is "no page is in two files" "$(sql "SELECT count(*) FROM pile_page WHERE pile_id = $pile AND state = 'FILED'")" \
    "$(sql "SELECT coalesce(sum(pages), 0) FROM evidence WHERE id IN (SELECT evidence_id FROM pile_page WHERE pile_id = $pile)")"
"$BUILD/tiaojie" audit verify --folder "$TMP/house" --database "$address" >/dev/null 2>&1 && good || bad "the audit record holds"
finish
