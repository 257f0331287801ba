#!/bin/sh
# law.sh TIAOJIE: the commands `law clock` and `law check` from outside; ends with "N passed, N failed".
tiaojie=${1:?the program}
passed=0 failed=0
# says CODE PATTERN ARGUMENT…: the exit code, and a part of what is printed.
says() {
    code=$1 part=$2; shift 2
    out=$("$tiaojie" law "$@" 2>&1)
    got=$?
    case $got:$out in
    $code:*"$part"*) passed=$((passed + 1)) ;;
    *) failed=$((failed + 1)); echo "FAILED law $*"; echo "  want $code: $part"; echo "  got  $got: $out" ;;
    esac
}
says 0 '{"code":"C-MED.E","start":"2026-02-02","length":15,"unit":"CD","natural_end":"2026-02-17","due":"2026-02-24","provisional":false,"basis":"' \
    clock C-MED.E --start 2026-02-02 --json
says 0 '"start":"2026-09-20","length":3,"unit":"WD","natural_end":"2026-09-23","due":"2026-09-23"' \
    clock C-ACC --filed 2026-09-19T23:50 --json
says 0 '"due":"2026-04-27"' clock --pause 2026-03-10..2026-04-20 C-MED.E --json --start=2026-03-02
says 0 '"due":"2026-03-20"' clock C-MED.E --pause=2026-03-13..2026-03-14 --start 2026-03-02 \
    --pause 2026-03-10..2026-03-12 --json
says 0 '"natural_end":"2025-10-24","due":"2025-10-24"' clock C-MED.E --start 2025-09-16 --extend 15 --json
says 0 '"granted":30,"consent":"both","extensions":[{"length":10,"from":"2025-10-09","natural_end":"2025-10-19","due":"2025-10-20"},{' \
    clock C-MED.E --start 2025-09-16 --extend 10 --extend 5 --json
says 0 '"code":"C-MED.B"' clock C-MED --start 2026-02-02 --region 330282 --json
says 0 '该地区（450206）没有单独规定的期限，适用一般规则C-MED.E。' clock C-MED --start 2026-02-02 --region 450206
says 0 'The region (450000) has no rule of its own: the general rule C-MED.E applies.' \
    clock C-MED --start 2026-02-02 --region 450000 --lang en --json
says 0 '"code":"C-MED.B"' clock C-MED --start 2026-02-02 --region 330000 --json
says 0 '"code":"C-MED.B"' clock C-MED --start 2026-02-02 --region 330282000000 --json
says 1 '{"error":"unknown_region","field":"region","reason":"行政区划表里没有代码为“999999”的地区。"}' \
    clock C-MED --start 2026-02-02 --region 999999 --json
says 1 'region: The table of divisions has no region "4502999"' clock C-MED --start 2026-02-02 --region 4502999 --lang en
says 1 '{"error":"invalid_region","field":"region",' clock C-MED --start 2026-02-02 --region 45x --json
says 0 '"due":"2027-01-11","provisional":true' clock C-MED.E --start 2026-12-25 --json
says 0 '"length":12,"unit":"CD"' clock C-NEG2 --start 2026-03-02 --length 12 --json
says 0 '"due":"2026-03-02T12:30:00+08:00"' clock C-ORG-ACK.M --start 2026-03-02T10:30 --json
says 0 '"start":"2026-03-03"' clock C-ACC --filed 2026-03-02T17:30 --closing 17:00 --json
# a pause lengthens a year: the same-numbered day is one thing, the last day another
says 0 '最后一日为对应日2025-02-28（星期五）（无对应日的为当月末日）。","加上中止的31日，最后一日为2025-03-31（星期一）。"' \
    clock C-LIM --start 2024-02-29 --pause 2024-08-29..2024-09-29 --json
says 0 'With the 31 days paused, the last day is 2025-03-31' \
    clock C-LIM --start 2024-02-29 --pause 2024-08-29..2024-09-29 --lang en
# the statute's days of a year whose notice is not loaded, past or far off
says 0 '"due":"2006-10-04","provisional":true' clock C-MED.E --start 2006-09-16 --json
says 0 '"due":"2036-10-06","provisional":true' clock C-MED.E --start 2036-09-16 --json
says 0 'the end moves to the next working day' clock C-MED.E --start 2026-02-02 --lang en
says 0 '{"clocks":[{"code":"C-ACC"' clock --list --json
says 1 '{"error":"unknown_code","reason":"' clock C-XYZ --start 2026-03-02 --json
says 1 '{"error":"invalid_date","reason":"' clock C-ACC --start 2026-02-29 --json
says 1 '{"error":"extension_over_max","reason":"' clock C-MED.D --start 2026-03-02 --extend 20 --json
says 1 '{"error":"pause_not_allowed","reason":"' clock C-ACC --start 2026-03-02 --pause 2026-03-03..2026-03-05 --json
says 1 '{"error":"no_length","reason":"' clock C-NEG2 --start 2026-03-02 --json
says 1 '不得延长' clock C-JCONF --start 2026-03-02 --extend 5
says 1 'cannot be read from the data folder' clock C-ACC --start 2026-03-02 --data /nowhere --lang en
says 2 '--start' clock C-ACC
says 2 '--list' clock
says 2 '--bogus' clock C-ACC --start 2026-03-02 --bogus
says 2 'without its value' clock C-ACC --start
says 0 '{"valid":true,"kind":"id","region":"450206","birth":"1990-03-07","sex":"M"' check id 450206199003071239 --json
says 0 '"age":15,"number":"450305201006010027","warnings":["NR15"]' check id 450305201006010027 --on 2026-04-01 --json
says 0 '"number":"11010519491231002X"' check id 11010519491231002x --json
says 0 '"birth":"1980-02-29"' check id 320621800229101 --archive --json
says 1 '{"valid":false,"kind":"id","reason":"' check id 450206199003071238 --json
says 1 '{"valid":false,"kind":"id","reason":"' check id '' --json
says 0 '"kind":"uscc","region":"330282","employer":"institution"' check uscc 12330282MB1A00002P --json
says 0 '"valid":true,"kind":"mobile"' check mobile 13812345678 --json
says 1 '"valid":false' check mobile 12812345678 --json
says 0 '"warnings":["luhn"]' check bank 4111111111111112 --json
says 2 'no kind' check fax 1
says 2 'one value' check id
# a person nobody has met yet, and a child: today, where no day is asked about
says 1 '{"valid":false,"kind":"id","reason":"' check id 450206209003071235 --json
says 1 '{"valid":false,"kind":"id","reason":"' check id 450305201006010027 --on 2010-05-31 --json
says 0 '"age":0' check id 450305201006010027 --on 2010-06-01 --json
says 2 'law clock'
says 0 'law calc' --help
says 2 'law remedies' bogus
says 2 'not fr' clock C-ACC --start 2026-03-02 --lang fr
B01='{"hire":"2009-05-01","last_day":"2025-06-30","average_fen":"1200000"}'
fed() { input=$1; shift; printf '%s' "$input" >"$room/input.json"; says "$@"; }
room=$(mktemp -d) && trap 'rm -rf "$room"' EXIT
fed "$B01" 0 '{"code":"B01","amount_fen":"19800000","lines":[{"label":' calc B01 "$room/input.json" --json
fed "$B01" 0 '"amount_fen":"19800000"' calc --json calc-b01 "$room/input.json"
fed "$B01" 0 '198000.00' calc b01 "$room/input.json" --lang en
fed "$B01" 2 'one calculator' calc B01 B02
fed "$B01" 2 'one word too many' calc B01 "$room/input.json" x
fed '{"a":1}' 1 'hire: a required field is missing' calc B01 "$room/input.json" --lang en
fed '{"a":1}' 1 '"errors":[{"field":"a","code":"unknown","message":"' calc B01 "$room/input.json" --json
fed '' 1 '"code":"json"' calc B01 "$room/input.json" --json
printf '\357\273\277%s' "$B01" >"$room/marked.json"
says 0 '"amount_fen":"19800000"' calc B01 "$room/marked.json" --json
fed '{"hire":"2020-01-01","hire":"2020-01-01"}' 1 '同一字段重复出现' calc B01 "$room/input.json" --json
fed '{"average_fen":-1}' 1 'average_fen: the value is out of range: 0 to 100000000000 fen' calc B01 "$room/input.json" --lang en
fed '{"hire":"2020-03-01","last_day":"2026-02-28","average_fen":600000,"reason":"layoff","region":"999999"}' 1 \
    '"field":"region","code":"not_code","message":"没有这个行政区划代码"' calc B01 "$room/input.json" --json
fed '{"region":"450206","items":[{"amount_fen":100,"name":"a\u0001b"}]}' 1 '"field":"items[0].name","code":"type"' \
    calc FINAL "$room/input.json" --json
says 0 '"name":"taken_days","kind":"number","required":false' calc A07 --describe
says 0 '"max":366,"unit":"days","default":"0"}' calc A07 --describe
says 1 'cannot be read' calc B01 "$room/none.json" --json
fed '{"today":"2026-02-03","effective":"2026-01-10","terms":[{"kind":"pay","due":"2026-01-31","amount_fen":"1200000"}]}' \
    0 '"state":"defaulted"' remedies "$room/input.json" --json
says 2 'no calculator' calc A03
for code in A01 A02 A04 A06 A07 A08 A09 B01 B02 B03 B07 B08 D03 G G04 K01 INST FINAL; do
    says 0 "{\"code\":\"$code\",\"title\":\"" calc "$code" --describe
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
