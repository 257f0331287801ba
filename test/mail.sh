#!/bin/sh
# mail.sh BUILD ENGINE: mails by a real SMTP server (Debian's aiosmtpd, test/mail/server.py) that may be away, slow, of another
# mind, or lose its answer.  ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
database house
. test/beside.sh
echo "office open-sesame" >"$TMP/secret"; echo "office wrong" >"$TMP/wrong"; echo nothing >"$TMP/half"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMP/key" -out "$TMP/cert" -days 30 -subj /CN=localhost -addext "subjectAltName=DNS:localhost,IP:127.0.0.2" 2>/dev/null
post_office() { stand_in /usr/bin/python3 test/mail/server.py --mode "$TMP/mode" "$@"; } # post_office [OPTION…]: its port in $port
count() { sql "SELECT count(*) FROM outbox WHERE template = 'late_digest' AND state = '$1' AND why LIKE '$2'"; }
told() { [ "$(count "$1" "$2")" -gt "${3:-0}" ]; }
digests() { [ "$(sql "SELECT count(*) FROM outbox WHERE template = 'late_digest'")" -gt "$1" ]; }
at_once() { sql "UPDATE outbox SET next_at = 0 WHERE template = 'late_digest' AND state = 'QUEUED'"; }
n=0
digest() { # one more letter in the outbox, whose time has come whatever the hour
    n=$((n + 1)) had=$(sql "SELECT count(*) FROM outbox WHERE template = 'late_digest'")
    sql "DELETE FROM late_mail"
    sql "INSERT INTO job(id, kind, arg, key, due, state, attempts, lease, holder, error) VALUES($n, 'late_mail', 0, 'mail $n', 0, 'queued', 0, 0, 0, '')"
    come digests "$had" || bad "no digest: $(sql "SELECT kind, state, error FROM job WHERE id = $n")"
    at_once
}
smtp() { serve --smtp "smtp://127.0.0.1:$port" --smtp-from tiaojie@office.example "$@"; }

"$BUILD/test/run" --keep "$TMP/house" "$address" test/scenario/0*.scn test/scenario/1-1-intake.scn >"$TMP/played" 2>&1 || { bad "the scenarios"; grep -A3 FAILED "$TMP/played"; }
centre=$(sql "SELECT id FROM org WHERE path = '00010001'")
late=$(sql "SELECT min(id) FROM cases WHERE ended IS NULL AND org_path = '00010001'")
sql "DELETE FROM outbox; UPDATE cases SET due = NULL; UPDATE cases SET due = '2026-01-05' WHERE id = ${late:-0}"

# ---- what cannot work does not start ----
refused "is no smtp:// or smtps:// address" --smtp http://localhost --smtp-from a@office.example
refused "is no smtp:// or smtps:// address" --smtp smtp://user:word@localhost --smtp-from a@office.example
refused "needs --smtp-from" --smtp smtp://localhost
refused "needs --smtp-from" --smtp smtp://localhost --smtp-from 'a@office.example
Bcc: b@office.example'
refused "USER PASSWORD" --smtp smtp://localhost --smtp-from a@office.example --smtp-secret "$TMP/half"
refused "USER PASSWORD" --smtp smtp://localhost --smtp-from a@office.example --smtp-secret "$TMP/nothing"

# ---- a head's morning letter, all the way ----
mode good
post_office
"$BUILD/tiaojie" user add poster --roles sys_admin --json --folder "$TMP/house" --database "$address" >"$TMP/said" 2>&1
password=$(member password)
smtp --demo
ask "$base/api/v1/login" -d "{\"login\":\"poster\",\"password\":\"$password\"}" >/dev/null
ask "$base/api/v1/me/password" -d "{\"old\":\"$password\",\"new\":\"Harbour.7314.morning\"}" >/dev/null
ask "$base/api/v1/login" -d '{"login":"poster","password":"Harbour.7314.morning"}' >/dev/null
is "a head's account" "$(ask "$base/api/v1/users" -d "{\"login\":\"mail.head\",\"name\":\"韦主任\",\"org\":\"$centre\",\"mail\":\"first@bureau.example\"}")" 201
head=$(member id)
sql "UPDATE person_user SET roles = 'head' WHERE id = ${head:-0}"
is "seen again" "$(ask "$base/api/v1/users/$head")" 200
is "as it was written" "$(member mail)" first@bureau.example
change() { # change ADDRESS: of the head's account
    ask "$base/api/v1/users/$head" >/dev/null
    ask -X PATCH -H "If-Match: $(sed -n 's/^[Ee][Tt]ag: *\([^ ]*\)\r$/\1/p' "$TMP/head")" "$base/api/v1/users/$head" -d "{\"mail\":\"$1\"}"
}
is "the head's address" "$(change head@bureau.example)" 200
for wrong in 'head' 'a@b' 'a b@c.example' 'a@b.example\r\nBcc: x@y.example' '<a@b.example>' 'a@b..example' '-a@b.example' 'a@b.example,c@d.example' '负责人@b.example'; do
    is "no address: $wrong" "$(change "$wrong")" 422
done
stop
smtp --origin https://tj.example --host 127.0.0.1
digest
come told SENT '' && good || bad "not sent: $(sql "SELECT state, why, attempts FROM outbox"; cat "$TMP/heard.log")"
line=$(grep ^taken "$TMP/heard")
is "one letter" "$(grep -c ^taken "$TMP/heard")" 1
is "whole and in order" "$(grep -c ^odd "$TMP/heard")" 0
for part in ' tiaojie@office.example head@bureau.example ' '【期限提醒】1件超期，0件即将到期' '2026-01-05' 'https://tj.example/v/' '所辖案件1件已超期'; do
    echo "$line" | grep -qF -- "$part" && good || bad "$part is not in: $line"
done
echo "$line" | grep -q "$(sql "SELECT applicant FROM cases WHERE id = $late")" && bad "it names somebody: $line" || good
code=$(echo "$line" | grep -o '/v/[0-9a-f]*' | cut -c4-)
is "its code is known to anybody" "$(ask "$base/v/$code")" 200

# ---- a server in trouble: again, later ----
mode grey; digest
come told QUEUED '451%' && good || bad "greylisted: $(sql "SELECT state, why FROM outbox")"
mode full; at_once
come told QUEUED '452%' && good || bad "full: $(sql "SELECT state, why FROM outbox")"
mode good; at_once
come told SENT '' 1 && good || bad "not sent later: $(sql "SELECT state, why FROM outbox")"

# ---- the answer is lost, or late: the same number again ----
for fault in lost slow; do
    mode $fault
    before=$(grep -c ^taken "$TMP/heard") twice=$(grep -c ^again "$TMP/heard") sent=$(count SENT '')
    digest
    come told QUEUED '_%' && good || bad "$fault: $(sql "SELECT state, why FROM outbox")"
    mode good; at_once
    come told SENT '' "$sent" && good || bad "$fault, not settled: $(sql "SELECT state, why FROM outbox")"
    is "$fault: one letter" "$(grep -c ^taken "$TMP/heard")" "$((before + 1))"
    [ "$(grep -c ^again "$TMP/heard")" -gt "$twice" ] && good || bad "$fault: under another number"
done

# ---- killed in the middle: none is lost, none is another ----
mode slow
before=$(grep -c ^taken "$TMP/heard") sent=$(count SENT '')
digest
taken_more() { [ "$(grep -c ^taken "$TMP/heard")" -gt "$before" ]; }
come taken_more && good || bad "not under way"
stop -KILL
is "it is known as not sent" "$(count QUEUED '%')" 1
mode good
smtp
is "and nobody else's while it may be under way" "$(count QUEUED '')" 1
at_once
come told SENT '' "$sent" && good || bad "lost with the process: $(sql "SELECT state, why FROM outbox")"
is "killed: one letter" "$(grep -c ^taken "$TMP/heard")" "$((before + 1))"

# ---- it refuses: told with its reason, not tried again ----
for fault in "refuse 550 5.1.1" "spam 554 5.7.1"; do
    set -- $fault
    mode "$1"; digest
    come told FAILED "$2 $3%" && good || bad "$1: $(sql "SELECT state, why FROM outbox")"
done
stop

# ---- nobody in between ----
kept() { # kept TITLE WHY OPTION…: the letter waits, and nobody got it
    title=$1 why=$2 url=$3; shift 3
    sql "UPDATE outbox SET state = 'CANCELLED' WHERE state = 'QUEUED'"
    serve --smtp "$url" --smtp-from tiaojie@office.example "$@"
    got=$(grep -c ^taken "$TMP/heard")
    digest
    come told QUEUED "$why" && good || bad "$title: $(sql "SELECT state, why FROM outbox WHERE state <> 'SENT'")"
    is "$title: nobody got it" "$(grep -c ^taken "$TMP/heard")" "$got"
    stop
}
mode good
post_office --at 127.0.0.2
kept "no TLS beyond this machine" '_%' "smtp://127.0.0.2:$port"
post_office --at 127.0.0.2 --cert "$TMP/cert" --key "$TMP/key" --user office --password open-sesame
kept "a certificate nobody vouches for" '_%' "smtp://127.0.0.2:$port" --smtp-secret "$TMP/secret"
kept "a wrong password" '_%' "smtp://127.0.0.2:$port" --smtp-secret "$TMP/wrong" --smtp-roots "$TMP/cert"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMP/key2" -out "$TMP/cert2" -days 30 -subj /CN=elsewhere -addext "subjectAltName=DNS:elsewhere" 2>/dev/null
sent=$(count SENT '')
serve --smtp "smtp://127.0.0.2:$port" --smtp-from tiaojie@office.example --smtp-secret "$TMP/secret" --smtp-roots "$TMP/cert"
at_once
come told SENT '' "$sent" && good || bad "over TLS: $(sql "SELECT state, why FROM outbox WHERE state <> 'SENT'"; cat "$TMP/heard.log")"
stop
post_office --at 127.0.0.2 --cert "$TMP/cert2" --key "$TMP/key2"
kept "another's certificate" '_%' "smtp://127.0.0.2:$port" --smtp-roots "$TMP/cert2"
is "none is left under another number" "$(grep -c ^odd "$TMP/heard")" 0
finish
