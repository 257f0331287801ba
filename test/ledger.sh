#!/bin/sh
# ledger.sh BUILD ENGINE: the exported ledger of months that scenarios made: its columns, masks and balance; and an archived
# case of which any row was changed.  ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
database house
play() { "$BUILD/test/run" --keep "$TMP/house" "$address" "$@" >"$TMP/played" 2>&1; }
ledger() { "$BUILD/tiaojie" export ledger --database "$address" --folder "$TMP/house" "$@"; }

# A name like a formula, beside what the other scenarios register.
cat >"$TMP/formula.scn" <<'END'
== what begins like a formula
today 2026-06-10
as mclerk
POST /api/v1/cases {"org":"$mcentre","channel":"VISIT","mode":"WRITTEN","appl_type":"WORKER","region":"450222100","place":"大埔镇","hire_date":"2023-05-04","contract":"FIXED","post":"操作工","hours":"STANDARD","wage":450000,"employed":true,"knew_date":"2025-12-31","facts":"=HYPERLINK(\"http://x\")，单位未发放工资，标号_x0041_，多次催要未果。","online_ok":true,"rec_ok":true,"truthful":true,"privacy":true,"sensitive":true,"claims":[{"cause":"A01","amount":100}],"parties":[{"side":"APPL","kind":"WORKER","name":"覃秀玉","id_type":"ID","id_no":"450222198103121112","mobile":"13877210011","addr":"柳城县大埔镇","svc_addr":"柳城县大埔镇"},{"side":"RESP","kind":"EMPLOYER","name":"＠SUM(A1)公司","uscc":"91450222MA5K00001F","emp_type":"ENT","industry":"C13","legal_rep":"黄德胜"}]}
201 {"id":"$x"}
POST /api/v1/cases/$x/register {}
200
END
play test/scenario/*.scn "$TMP/formula.scn" || { bad "the scenarios"; grep -A3 FAILED "$TMP/played"; }

# ---- the ledger, month by month ----
month=2025-09 files=
while [ "$month" != 2026-10 ]; do
    ledger --format csv --month $month >"$TMP/$month.csv" 2>"$TMP/said" || bad "export of $month: $(cat "$TMP/said")"
    files="$files $TMP/$month.csv"
    year=${month%-*} number=${month#*-} number=${number#0}
    number=$((number + 1)); [ $number -gt 12 ] && year=$((year + 1)) number=1
    month=$year-$(printf %02d $number)
done
# shellcheck disable=SC2086
line=$(python3 test/ledger_check.py 2025-09 $files | tee "$TMP/checked" | tail -1)
grep FAILED "$TMP/checked" | head -20
p=${line%% *} f=${line#*, } f=${f%% *}
case "$line" in *passed*) passed=$((passed + p)) failed=$((failed + f)) ;; *) bad "ledger_check.py" ;; esac
ledger --month 2026-05 --bom >"$TMP/bom.csv"
is "with --bom it begins with the mark" "$(head -c 3 "$TMP/bom.csv" | od -An -tx1 | tr -d ' \n')" efbbbf
tail -c +4 "$TMP/bom.csv" | cmp -s - "$TMP/2026-05.csv" && good || bad "beside the mark it is the same"
grep -q "'=HYPERLINK" "$TMP/2026-06.csv" && good || bad "a formula in the facts is text"
grep -q "'＠SUM" "$TMP/2026-06.csv" && good || bad "a formula in a name is text, by a sign of full width, too"

# ---- the same as a workbook: read with the standard library, opened by LibreOffice ----
ledger --format csv >"$TMP/all.csv" && ledger --format xlsx --out "$TMP/all.xlsx" && good || bad "the whole ledger as a workbook"
line=$(python3 test/export_check.py "$TMP/all.xlsx" "$TMP/all.csv" | tee "$TMP/checked" | tail -1)
grep FAILED "$TMP/checked" | head -20
p=${line%% *} f=${line#*, } f=${f%% *}
case "$line" in *passed*) passed=$((passed + p)) failed=$((failed + f)) ;; *) bad "export_check.py" ;; esac
ledger --format xlsx >"$TMP/piped.xlsx"; is "through a pipe it is a workbook too" "$(head -c 2 "$TMP/piped.xlsx")" PK
if command -v soffice >/dev/null && [ "$ENGINE" = sqlite ]; then
    soffice -env:UserInstallation="file://$TMP/office" --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' --outdir "$TMP/converted" "$TMP/all.xlsx" >/dev/null 2>&1
    grep -q '标号_x0041_，' "$TMP/converted/all.csv" && good || bad "what looks like a coded character is not read as one"
    is "LibreOffice reads as many rows" "$(python3 -c 'import csv, sys; print(len(list(csv.reader(open(sys.argv[1], encoding="utf-8")))))' "$TMP/converted/all.csv")" \
        "$(python3 -c 'import csv, sys; print(len(list(csv.reader(open(sys.argv[1], encoding="utf-8")))) + 5)' "$TMP/all.csv")"
fi
ledger --month 2026-13 >/dev/null 2>&1; is "a month that is none is refused" $? 1
ledger --format pdf >/dev/null 2>&1; is "another format is wrong use" $? 2

# ---- a paper that was made is not changed, not even beside the program ----
made=$(sql "SELECT count(*) FROM made")
[ "${made:-0}" -gt 0 ] && good || bad "no paper was made"
for change in "UPDATE made SET number = 'x'" "DELETE FROM made" "DELETE FROM made_end"; do
    sql "$change" >"$TMP/said" 2>&1; grep -q "append-only" "$TMP/said" && good || bad "$change: $(cat "$TMP/said")"
done
is "all papers are there" "$(sql "SELECT count(*) FROM made")" "$made"

# ---- an archived case: each row of it, changed beside the program ----
case=$(sql "SELECT case_id FROM case_seal WHERE sub <> '' LIMIT 1")
path=$(sql "SELECT owner_path FROM cases WHERE id = $case")
org=$(sql "SELECT owner FROM cases WHERE id = $case")
verified() { # what POST …/seal/verify says
    cat >"$TMP/verify.scn" <<END
== the seal
today 2026-06-10
actor keeper id=142 roles=archivist org=$org path=$path
as keeper
key verify-$((passed + failed))
POST /api/v1/cases/$case/seal/verify {}
200 {"good":$1}
END
    play "$TMP/verify.scn"
}
free() { # what is kept from changes is changed all the same
    if [ "$ENGINE" = sqlite ]; then echo "DROP TRIGGER IF EXISTS $1_keeps_UPDATE;"; else echo "ALTER TABLE $1 DISABLE TRIGGER USER;"; fi
}
verified true && good || bad "unchanged, the seal holds"
agreement=$(sql "SELECT id FROM agreement WHERE case_id = $case")
while read -r table column change; do
    where="case_id = $case"
    case $table in
    agreement_text) where="agreement_id = $agreement AND version = 1" ;;
    joint_mark) where="$where AND subject = (SELECT max(subject) FROM joint_mark WHERE case_id = $case)" ;;
    esac
    n=$(sql "SELECT count(*) FROM $table WHERE $where")
    [ "$n" -gt 0 ] || bad "$table: no row to change"
    sql "DROP TABLE IF EXISTS kept_row; CREATE TABLE kept_row AS SELECT * FROM $table WHERE $where" >/dev/null
    sql "$(free "$table") UPDATE $table SET $column = $change WHERE $where" >/dev/null || bad "$table.$column: cannot be changed"
    verified false && good || bad "$table.$column was changed, and the seal held"
    key=id; case $table in agreement_text) key=version ;; joint_mark) key=side ;; intake) key=case_id ;; esac
    sql "$(free "$table") UPDATE $table SET $column = (SELECT k.$column FROM kept_row k WHERE k.$key = $table.$key) WHERE $where; DROP TABLE kept_row" >/dev/null
    verified true && good || bad "$table.$column put back, and the seal is broken"
done <<'END'
case_entry note note||'x'
case_party addr addr||'x'
claim amount amount+1
intake facts facts||'x'
assigned reason reason||'x'
recusal decision decision||'x'
sitting attendees attendees||'x'
minutes statements statements||'x'
joint_fact fact fact||'x'
joint_mark name name||'x'
extension days days+1
extension_consent name name||'x'
evidence sha256 replace(sha256,'a','b')||'c'
agreement_text result result||'x'
obligation what what||'x'
agreement_mark file replace(file,'a','b')
owing paid paid-1
payment note note||'x'
visit who who||'x'
feedback content content||'x'
paper number number||'x'
private_note at at+1
END
finish
