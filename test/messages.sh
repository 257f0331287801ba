#!/bin/sh
# messages.sh BUILD ENGINE: text messages by a gateway that may be away, slow, of another mind, or lose its answer. It is a
# stand-in (test/sms/gateway.py).  ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
database house
. test/beside.sh
echo "tiaojie open-sesame" >"$TMP/secret"; echo "tiaojie wrong" >"$TMP/wrong"; echo nothing >"$TMP/half"
gateway() { stand_in python3 test/sms/gateway.py --secret "tiaojie open-sesame" --mode "$TMP/mode" "$@"; } # gateway [OPTION…]
messages() { sql "SELECT count(*) FROM outbox WHERE template = 'party_code' AND state = '$1' AND why LIKE '$2'"; }
told() { [ "$(messages "$1" "$2")" -gt "${3:-0}" ]; }

"$BUILD/test/run" --keep "$TMP/house" "$address" test/scenario/0*.scn >"$TMP/played" 2>&1 || { bad "the scenarios"; grep -A3 FAILED "$TMP/played"; }
centre=$(sql "SELECT id FROM org WHERE name = '柳城县劳动人事争议多元调解中心'")

# ---- what cannot work does not start ----
refused "is no http:// or https:// address" --sms ftp://localhost/send --sms-secret "$TMP/secret"
refused "APP SECRET" --sms http://localhost/send
refused "APP SECRET" --sms http://localhost/send --sms-secret "$TMP/half"
refused "APP SECRET" --sms http://localhost/send --sms-secret "$TMP/nothing"

# ---- a worker's code, all the way ----
mode good
gateway
serve --sms "http://localhost:$port/send" --sms-secret "$TMP/secret" --origin https://tj.example
is "an application" "$(ask "$base/api/v1/cases" -d @- <<END
{"org":"$centre","channel":"WEB","mode":"WRITTEN","appl_type":"WORKER","region":"450222100","place":"大埔镇","hire_date":"2023-05-04","contract":"FIXED","post":"操作工","hours":"STANDARD","wage":450000,"employed":true,"knew_date":"2026-10-31","facts":"单位未发放工资，多次催要未果，请求支付。","online_ok":true,"rec_ok":true,"truthful":true,"privacy":true,"sensitive":true,"claims":[{"cause":"A01","amount":10000}],"parties":[{"side":"APPL","kind":"WORKER","name":"覃秀玉","id_type":"ID","id_no":"450222198103121112","mobile":"13877210011","addr":"柳城县大埔镇","svc_addr":"柳城县大埔镇"},{"side":"RESP","kind":"EMPLOYER","name":"柳城县短信食品有限公司","uscc":"91450222MA5K00001F","emp_type":"ENT","industry":"C13","legal_rep":"黄德胜"}]}
END
)" 201
receipt=$(member receipt)
[ -n "$receipt" ] || bad "no receipt: $(cat "$TMP/said")"
code() { ask "$base/api/v1/party/code" -d "{\"receipt\":\"$receipt\",\"phone\":\"13877210011\"}"; }
is "a code is asked for" "$(code)" 202
come heard taken && good || bad "the gateway was not asked: $(cat "$TMP/heard")"
line=$(grep ^taken "$TMP/heard" | tail -1)
digits=$(echo "$line" | grep -o '[0-9]\{6\}' | tail -1)
echo "$line" | grep -q ' 13877210011 ' && good || bad "to whom: $line"
is "and opens the case" "$(ask "$base/api/v1/party/login" -d "{\"receipt\":\"$receipt\",\"phone\":\"13877210011\",\"code\":\"$(echo "$line" | sed 's/.*码[^0-9]*\([0-9]\{6\}\).*/\1/')\"}")" 200
come told SENT ''; is "it is told as sent" "$(messages SENT '')" 1

# ---- a gateway in trouble: again, later ----
mode busy
is "another code" "$(code)" 202
come told QUEUED '系统繁忙' && good || bad "busy: $(sql "SELECT state, why FROM outbox")"
mode good
come told SENT '' 1 && good || bad "not sent later: $(sql "SELECT state, why, attempts FROM outbox")"

# ---- the answer is lost: the same number again, delivered once ----
mode lost
before=$(grep -c ^taken "$TMP/heard")
is "a third code" "$(code)" 202
taken_more() { [ "$(grep -c ^taken "$TMP/heard")" -gt "$before" ]; }
come taken_more && come told QUEUED '_%' && good || bad "lost: $(sql "SELECT state, why FROM outbox")"
mode good
come told SENT '' 2 && good || bad "not settled: $(sql "SELECT state, why FROM outbox")"
is "delivered once" "$(grep -c ^taken "$TMP/heard")" "$((before + 1))"
is "under the same number" "$(grep -c ^again "$TMP/heard")" 1

# ---- it refuses: told with its reason, not tried again; a person may ----
mode refuse
is "a fourth code" "$(code)" 202
come told FAILED '号码在停发名单中%' && good || bad "refused: $(sql "SELECT state, why FROM outbox")"
stop
mode good
"$BUILD/tiaojie" user add sender --roles sys_admin --json --folder "$TMP/house" --database "$address" >"$TMP/said" 2>&1
password=$(member password)
serve --demo --sms "http://localhost:$port/send" --sms-secret "$TMP/secret"
jar() { curl -s -c "$TMP/jar" -b "$TMP/jar" -o "$TMP/said" -w '%{http_code}' -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s%N)" -H "Origin: $base" "$@"; }
jar "$base/api/v1/login" -d "{\"login\":\"sender\",\"password\":\"$password\"}" >/dev/null
jar "$base/api/v1/me/password" -d "{\"old\":\"$password\",\"new\":\"Harbour.7314.morning\"}" >/dev/null
jar "$base/api/v1/login" -d '{"login":"sender","password":"Harbour.7314.morning"}' >/dev/null
failed_one=$(sql "SELECT id FROM outbox WHERE state = 'FAILED' AND why LIKE '号码在停发名单中%'")
is "the administrator sees which and why" "$(jar "$base/api/v1/outbox?state=FAILED")" 200
grep -q 号码在停发名单中 "$TMP/said" && iconv -f UTF-8 -t UTF-8 "$TMP/said" >/dev/null && good || bad "why: $(cat "$TMP/said")"
grep -q '13877210011' "$TMP/said" && bad "the list shows a telephone" || good
is "and sends it anew" "$(jar -X POST "$base/api/v1/outbox/$failed_one/again" -d '{}')" 204
is "one that was sent is not sent anew" "$(jar -X POST "$base/api/v1/outbox/$(sql "SELECT min(id) FROM outbox WHERE state = 'SENT'")/again" -d '{}')" 404
state_of() { [ "$(sql "SELECT state FROM outbox WHERE id = $1")" = "$2" ]; }
come state_of "$failed_one" SENT && good || bad "sent anew: $(sql "SELECT state, why FROM outbox WHERE id = $failed_one")"
stop

# ---- other faults ----
fault() { # fault TITLE STATE WHY OPTION…: how one more code fares
    title=$1 state=$2 why=$3; shift 3
    sql "DELETE FROM attempt" >/dev/null 2>&1
    serve "$@"
    had=$(messages "$state" "$why")
    code >/dev/null
    come told "$state" "$why" "$had" && good || bad "$title: $(sql "SELECT state, why FROM outbox ORDER BY id DESC LIMIT 2")"
    stop
}
fault "a wrong secret" FAILED '签名校验失败' --sms "http://localhost:$port/send" --sms-secret "$TMP/wrong"
mode garbage; fault garbage QUEUED '_%' --sms "http://localhost:$port/send" --sms-secret "$TMP/secret"
mode redirect; fault "a redirection is not followed" FAILED '%without a reason' --sms "http://localhost:$port/send" --sms-secret "$TMP/secret"
is "nobody went elsewhere" "$(grep -c '^taken.*elsewhere' "$TMP/heard")" 0
finish
