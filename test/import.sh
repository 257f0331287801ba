#!/bin/sh
# import.sh BUILD ENGINE: five messy ledgers, a round trip that loses nothing, undo, and kill -9 in the middle of an import.
# ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
add() { p=${1%% *} f=${1#*, } f=${f%% *}; case "$1" in *passed*) passed=$((passed + p)) failed=$((failed + f)) ;; *) bad "$2" ;; esac; }
centre=柳江区劳动人事争议多元调解中心
house() { # a fresh house with an office in it
    database "$1"
    "$BUILD/test/run" --keep "$folder" "$address" test/scenario/0-1-organisations.scn >/dev/null 2>&1 || bad "the office of $1"
}
tiaojie() { "$BUILD/tiaojie" "$@" --database "$address" --folder "$folder"; }
import() { tiaojie import ledger "$@" --org $centre; }

# ---- five ledgers, each with the faults people make ----
python3 test/ledgers/make.py "$TMP/ledgers" || bad "make.py"
house ledgers
for file in "$TMP"/ledgers/*.xlsx "$TMP"/ledgers/*.csv; do
    import "$file" --dry-run --errors "$TMP/errors.xlsx" >"$TMP/said" 2>"$TMP/lines"
    add "$(python3 test/ledgers/check.py "$TMP/ledgers/expected.json" "$(basename "$file")" "$TMP/said" "$TMP/lines" "$TMP/errors.xlsx" | tee -a "$TMP/checked" | tail -1)" "check.py"
done
grep FAILED "$TMP/checked"
for lang in zh en; do # the same rows are named in either language, in English without a mark of the other
    : >"$TMP/$lang"
    for file in "$TMP"/ledgers/*.xlsx "$TMP"/ledgers/*.csv; do
        import "$file" --dry-run --lang $lang --errors "$TMP/errors-$lang.xlsx" 2>>"$TMP/$lang" >/dev/null || bad "$file in $lang"
    done
done
is "in English the same rows" "$(grep -oE '^  line [0-9]+(, remark)?:' "$TMP/en" | sha256sum)" "$(grep -oE '^  line [0-9]+(, remark)?:' "$TMP/zh" | sha256sum)"
grep -q '；\|：\|“\|不正确' "$TMP/en" && bad "Chinese of ours: $(grep -m1 '；\|：\|“\|不正确' "$TMP/en")" || good
grep -q 'not a valid identity number "' "$TMP/en" && good || bad "nothing is said in English: $(head -3 "$TMP/en")"
unzip -p "$TMP/errors-en.xlsx" | grep -q 'Why refused' && good || bad "the workbook is not in English"
import "$file" --dry-run --lang fr >/dev/null 2>&1; is "no other language" $? 2
is "a dry run imports nothing" "$(sql 'SELECT count(*) FROM imported')" 0
for file in "$TMP"/ledgers/*.xlsx "$TMP"/ledgers/*.csv; do import "$file" >"$TMP/said" 2>/dev/null || bad "import of $file"; done
is "every good row is a case" "$(sql 'SELECT count(*) FROM imported')" 541
is "and a case is a row" "$(sql 'SELECT count(*) FROM cases')" 541
is "open ones are open" "$(sql "SELECT count(*) FROM cases WHERE state IN ('registered', 'accepted')")" \
    "$(sql "SELECT count(*) FROM imported WHERE outcome = ''")"
is "archived ones are archived" "$(sql "SELECT count(*) FROM cases WHERE state = 'archived'")" 496
is "sums are what the sheets say, in 万元 too" "$(sql "SELECT sum(claim_fen) FROM imported WHERE ledger_no LIKE '柳江劳人调字%'")" 30000000
is "numbers of people in words" "$(sql "SELECT sum(people) FROM imported WHERE ledger_no LIKE '群%'")" 44
is "a firm merged over its workers is each worker's" "$(sql "SELECT count(*) FROM imported WHERE ledger_no LIKE '群%' AND respondent = '柳江区新兴木业厂'")" 3
is "no identity number lies open" "$(sql "SELECT count(*) FROM imported WHERE applicant_id_masked LIKE '4502%'")" 0
is "each has its two sides" "$(sql 'SELECT count(*) FROM case_party')" 1082
import "$TMP/ledgers/5-mac.xlsx" >"$TMP/said" 2>/dev/null
is "the same file again brings nothing" "$(grep -o '[0-9]* cases imported' "$TMP/said")" "0 cases imported"
tiaojie audit verify >/dev/null 2>&1 && good || bad "the audit record holds"

# ---- from other hands ----
house hands
for file in months.xlsx ticks.xlsx numbers.xlsx semicolons.csv unicode.csv; do
    import "$TMP/ledgers/more/$file" --errors "$TMP/errors.xlsx" >>"$TMP/hands.txt" 2>>"$TMP/lines" || bad "import of $file"
done
is "a sheet a month is one ledger, but for the hidden one" "$(sql "SELECT count(*), min(claim_fen), max(claim_fen) FROM imported WHERE applicant LIKE '月%'" | tr '|' ' ')" "33 100000 1100200"
is "each sheet is named" "$(grep -c 'months.xlsx: sheet' "$TMP/hands.txt")" 11
is "ticks say what their columns are called" "$(sql "SELECT outcome || cause_main FROM imported WHERE applicant IN ('韦一', '覃二', '黄三') AND respondent IN ('柳州甲公司', '柳州乙公司') ORDER BY registered" | tr '\n' ' ')" "协议工资 不成工伤 撤回社保 "
is "numbers among words" "$(sql "SELECT count(*) FROM imported WHERE applicant LIKE '号码%'")" 5
is "and a wrong one is named" "$(grep -c '证件号码不正确' "$TMP/lines")" 1
is "a comma of full width, and w for 万" "$(sql "SELECT sum(claim_fen) FROM imported WHERE applicant IN ('号码甲', '号码乙')")" 1900000
is "semicolons, and UTF-16" "$(sql "SELECT count(*) FROM imported WHERE applicant = '韦一'")" 3
import "$TMP/ledgers/more/months.xlsx" --sheet 12 >"$TMP/said" 2>/dev/null
is "a sheet by its number" "$(grep -o '[0-9]* cases imported' "$TMP/said")" "3 cases imported"
import "$TMP/ledgers/more/months.xlsx" >"$TMP/said" 2>/dev/null
is "all sheets again bring nothing" "$(grep -c '^0 cases imported' "$TMP/said")" 11
import "$TMP/ledgers/more/old.xlsx" >"$TMP/said" 2>&1; is "an old .xls by another name" $? 1
grep -q "是旧版 .xls" "$TMP/said" && good || bad "what to do with it is said: $(cat "$TMP/said")"

# ---- from twelve more offices: written by openpyxl, and by LibreOffice ----
for py in python3 /usr/bin/python3; do $py -c 'import openpyxl' 2>/dev/null && break; py=; done
command -v soffice >/dev/null || py=
if [ -n "$py" ]; then
    provinces=$TMP/provinces
    $py test/ledgers/provinces.py "$provinces" || bad "provinces.py"
    house provinces
    for file in "$provinces"/[ac-g]-*; do
        import "$file" --dry-run --errors "$TMP/errors.xlsx" >"$TMP/said" 2>"$TMP/lines"
        add "$(python3 test/ledgers/check.py "$provinces/expected.json" "$(basename "$file")" "$TMP/said" "$TMP/lines" "$TMP/errors.xlsx" | tee -a "$TMP/checked" | tail -1)" "check.py $file"
    done
    grep FAILED "$TMP/checked"
    import "$provinces/b-on-its-side.xlsx" >"$TMP/said" 2>&1; is "a table on its side" $? 1
    grep -q "转置" "$TMP/said" && good || bad "what to do with it is said: $(cat "$TMP/said")"
    counties=$TMP/counties
    $py test/ledgers/counties.py "$counties" || bad "counties.py"
    house counties
    for file in "$counties"/[a-f]-*; do
        import "$file" --dry-run --errors "$TMP/errors.xlsx" >"$TMP/said" 2>"$TMP/lines"
        add "$(python3 test/ledgers/check.py "$counties/expected.json" "$(basename "$file")" "$TMP/said" "$TMP/lines" "$TMP/errors.xlsx" | tee -a "$TMP/checked" | tail -1)" "check.py $file"
    done
    grep FAILED "$TMP/checked"
    for file in "$counties"/[abd]-* "$provinces"/d-*; do import "$file" >"$TMP/said" 2>&1 || bad "import of $file: $(cat "$TMP/said")"; done
    days() { sql "SELECT registered, closed FROM imported WHERE applicant LIKE '$1%' ORDER BY registered, line" | tr '\n' ' '; }
    is "the title's year is the rows'" "$(days 年)" "2023-05-04|2023-06-03 2023-05-04|2023-06-03 2023-05-07|2023-05-20 2023-05-09|2023-06-01 2023-05-10|2023-05-21 "
    is "three columns are a day" "$(days 分)" "2024-05-07|2024-05-20 2024-05-08|2024-06-01 "
    is "two and the title's year are, too" "$(days 月)" "2025-03-07|2025-03-20 2025-03-08|2025-03-21 2025-04-01|2025-04-10 "
    is "what goes on is open" "$(sql "SELECT k.state, i.outcome FROM imported i JOIN cases k ON k.id = i.case_id WHERE i.applicant LIKE '阿依古丽%'")" "registered|"
    is "its sum is said twice, and its telephone as ours" "$(sql "SELECT claim_fen, respondent FROM imported WHERE applicant LIKE '阿依古丽%'")" "350000|柳州甲公司"
    offices=$TMP/offices
    $py test/ledgers/offices.py "$offices" || bad "offices.py"
    house offices
    for file in "$offices"/[a-k]-*.xlsx "$offices"/[a-k]-*.csv "$offices"/[a-k]-*.txt; do
        import "$file" --dry-run --errors "$TMP/errors.xlsx" >"$TMP/said" 2>"$TMP/lines"
        add "$(python3 test/ledgers/check.py "$offices/expected.json" "$(basename "$file")" "$TMP/said" "$TMP/lines" "$TMP/errors.xlsx" | tee -a "$TMP/checked" | tail -1)" "check.py $file"
    done
    grep FAILED "$TMP/checked"
    for file in "$offices"/[a-i]-*; do import "$file" >"$TMP/said" 2>&1 || bad "import of $file: $(cat "$TMP/said")"; done
    is "a firm merged over its workers" "$(sql "SELECT count(*) FROM imported WHERE respondent = '柳州市甲机械有限公司'")" 4
    is "nothing of a sheet that is hidden" "$(sql "SELECT count(*) FROM imported WHERE applicant = '不应导入'")" 0
    is "days in every way are one day" "$(sql "SELECT count(*), min(registered), max(registered) FROM imported WHERE applicant LIKE '日%'" | tr '|' ' ')" "14 2024-03-05 2024-03-05"
    is "万元 by the title alone" "$(sql "SELECT count(*), min(claim_fen), max(claim_fen), max(agreed_fen) FROM imported WHERE applicant LIKE '金%'" | tr '|' ' ')" "8 1200000 1200000 900000"
    is "blanks within a name are none" "$(sql "SELECT count(*) FROM imported WHERE applicant IN ('张三', '王小明')")" 2
    is "two people in a cell stay two" "$(sql "SELECT count(*) FROM imported WHERE applicant = '欧阳 娜娜'")" 1
    is "people are counted by their names" "$(sql "SELECT sum(people) FROM imported WHERE ledger_no LIKE '人%'")" 18
    is "rare characters" "$(sql "SELECT count(*) FROM imported WHERE applicant = '㛃龘𬀩' AND respondent IN ('𬀩记餐馆', '柳州市\"老王\"餐馆')")" 2
    is "yes and no of a spreadsheet" "$(sql "SELECT sum(is_collective), count(*) FROM imported WHERE applicant LIKE '种%'" | tr '|' ' ')" "1 3"
    python3 -c 'import json, sys; [print(n, w, sep="\t") for n, w in json.load(open(sys.argv[1], encoding="utf-8")).items()]' "$offices/refused.json" >"$TMP/refused"
    while IFS="$(printf '\t')" read -r file why; do
        import "$offices/$file" >"$TMP/said" 2>&1 </dev/null; is "$file" $? 1
        grep -qF "$why" "$TMP/said" && good || bad "$file does not say $why: $(cat "$TMP/said")"
    done <"$TMP/refused"
else
    echo "python3-openpyxl or soffice is missing: script/setup test"
fi

# ---- the round trip: out, in again elsewhere, out again ----
tiaojie export ledger --format xlsx --out "$TMP/out.xlsx" && tiaojie export ledger >"$TMP/first.csv" && good || bad "export"
house again
import "$TMP/out.xlsx" --json >"$TMP/said" 2>"$TMP/lines" || bad "import of our own export: $(cat "$TMP/lines")"
tiaojie export ledger >"$TMP/second.csv"
cmp -s "$TMP/first.csv" "$TMP/second.csv" && good || { bad "the round trip lost something"; diff "$TMP/first.csv" "$TMP/second.csv" | head -6; }

if [ -n "$py" ]; then
    said=$($py -W ignore test/ledgers/reopen.py "$TMP/out.xlsx" "$TMP/first.csv" "$TMP/reopened.xlsx" | tee -a "$TMP/checked" | tail -1)
    add "$said" "reopen.py: $said"
    mkdir "$TMP/ods" "$TMP/libre"
    soffice "-env:UserInstallation=file://$TMP/profile" --headless --convert-to ods --outdir "$TMP/ods" "$TMP/out.xlsx" >/dev/null 2>&1
    soffice "-env:UserInstallation=file://$TMP/profile" --headless --convert-to xlsx --outdir "$TMP/libre" "$TMP/ods/out.ods" >/dev/null 2>&1
    before=$address
    for file in "$TMP/reopened.xlsx" "$TMP/libre/out.xlsx"; do
        house trip
        import "$file" >"$TMP/trip.txt" 2>"$TMP/lines" || bad "import of $file: $(cat "$TMP/lines")"
        tiaojie export ledger >"$TMP/third.csv"
        cmp -s "$TMP/first.csv" "$TMP/third.csv" && good || { bad "$file lost something"; diff "$TMP/first.csv" "$TMP/third.csv" | head -6; }
        rm -rf "$folder"
    done
    database=again folder=$TMP/again address=$before
    grep FAILED "$TMP/checked"
fi

# ---- all of it undone ----
id=$(sed 's/.*"id":"\([0-9]*\)".*/\1/' "$TMP/said")
tiaojie import ledger --undo "$id" >/dev/null || bad "undo"
is "nothing is left of an import undone" "$(sql 'SELECT (SELECT count(*) FROM cases) + (SELECT count(*) FROM imported) + (SELECT count(*) FROM case_party) + (SELECT count(*) FROM intake) + (SELECT count(*) FROM case_scope)')" 0

# ---- kill -9 in the middle, several times ----
house killed
python3 - "$TMP/big.csv" <<'END'
import sys
with open(sys.argv[1], "w", encoding="utf-8") as out:
    out.write("登记号,登记日期,申请人,用人单位,案由,涉案金额,受理日期,调解结果,结案日期\n")
    for i in range(12000):
        out.write(f"大{i},2018-0{i % 9 + 1}-{i % 28 + 1:02},申请人{i},测试单位{i % 100}有限公司,工资,{i},2018-0{i % 9 + 1}-{i % 28 + 1:02},成功,2018-12-01\n")
END
kills=0
for wait in 0.4 0.7 1.0 1.3 1.6; do
    "$BUILD/tiaojie" import ledger "$TMP/big.csv" --org $centre --database "$address" --folder "$folder" >/dev/null 2>&1 &
    pid=$!
    sleep $wait
    kill -9 $pid 2>/dev/null && kills=$((kills + 1))
    wait $pid 2>/dev/null
    is "after a kill no row is half there" "$(sql 'SELECT count(*) FROM cases')" "$(sql 'SELECT count(*) FROM imported')"
done
[ $kills -gt 0 ] && good || bad "it was never killed"
import "$TMP/big.csv" >"$TMP/said" 2>/dev/null || bad "the import goes on"
is "then all are there" "$(sql 'SELECT count(*) FROM cases')" 12000
is "each once" "$(sql 'SELECT count(DISTINCT ledger_no) FROM imported')" 12000
is "and the totals say so" "$(sql "SELECT CAST(sum(n) AS BIGINT) FROM total_fresh WHERE measure = 'registered'")" 12000
finish
