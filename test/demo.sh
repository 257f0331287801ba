#!/bin/sh
# demo.sh BUILD ENGINE: the demo's office and cases on an empty database, their ends, and that they come out the same
# again, interrupted or not; ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER set.
BUILD=$1 ENGINE=$2
. test/frame.sh
same() { # same TITLE WANTED FOUND
    if [ "$2" = "$3" ]; then good; else bad "$1: $3, not $2"; fi
}
house() { # house NAME COMMAND…: on the database of this name
    name=$1; shift
    address=sqlite:$TMP/$name/tiaojie.db
    [ "$ENGINE" = sqlite ] || [ "$name" != a ] || address=$(echo "$POSTGRES" | sed "s,/test?,/demo?,")
    "$BUILD/tiaojie" "$@" --folder "$TMP/$name" --database "$address"
}
sql() { # sql NAME TEXT
    if [ "$ENGINE" = sqlite ] || [ "$1" != a ]; then sqlite3 "$TMP/$1/tiaojie.db" "$2"
    else psql -AtqF '|' -h "$POSTGRES_FOLDER" -U postgres demo -c "$2"; fi
}
[ "$ENGINE" = sqlite ] || psql -qh "$POSTGRES_FOLDER" -U postgres -c 'DROP DATABASE IF EXISTS demo WITH (FORCE)' \
    -c 'CREATE DATABASE demo' >/dev/null 2>&1
mkdir "$TMP/a" "$TMP/b"
span="--from 2025-03-03 --to 2025-10-31 --seed 7"
play() { house "$1" demo cases --official --synthetic 60 $span; } # shellcheck disable=SC2086

# ---- the office ----
house a demo office --on 2025-01-06 --seed 7 >"$TMP/said" 2>&1 && good || { bad "demo office"; tail -5 "$TMP/said"; }
same "shown logins with a one-time password" 17 "$(grep -cE '^[a-z.0-9]+ +[A-Z2-9]{12} ' "$TMP/said")"
same "every kind of organisation" 27 "$(sql a 'SELECT count(DISTINCT kind) FROM org')"
same "the townships" 8 "$(sql a "SELECT count(*) FROM org WHERE kind = 'TOWN'")"
same "mediators in office" 60 "$(sql a 'SELECT count(*) FROM mediator WHERE active = 1')"
same "employers" 300 "$(sql a 'SELECT count(*) FROM employer')"
same "every account must change its password" 0 "$(sql a 'SELECT count(*) FROM person_user WHERE must_change = 0')"
sql a 'SELECT uscc FROM employer' | while read -r code; do
    "$BUILD/tiaojie" law check uscc "$code" --json | grep -q '"valid":true' || echo "$code"
done >"$TMP/codes"
same "codes that are not valid" 0 "$(wc -l <"$TMP/codes")"
orgs=$(sql a 'SELECT count(*) FROM org')
same "a second office says nothing" "" "$(house a demo office --on 2025-01-06 2>&1)"
same "a second office makes nothing" "$orgs" "$(sql a 'SELECT count(*) FROM org')"

# ---- the cases ----
play a >"$TMP/said" 2>&1 && good || { bad "demo cases"; tail -5 "$TMP/said"; }
tail -1 "$TMP/said" | grep -q '25 as published, 0 under way; 0 refusals' && good || bad "$(tail -1 "$TMP/said")"
same "all are marked as made up" "85|85" "$(sql a 'SELECT count(*), sum(synthetic) FROM cases')"
ends="SELECT count(*) FROM cases WHERE state = 'archived' AND before ="
published="AND id IN (SELECT case_id FROM case_entry WHERE note LIKE '%http%')"
same "published as supported: performed" 20 "$(sql a "$ends 'performed' $published")"
same "published as not supported: no agreement" 5 "$(sql a "$ends 'failed' $published")"
house a audit verify >"$TMP/said" 2>&1 && good || { bad "audit verify"; tail -3 "$TMP/said"; }

# ---- again, on SQLite, interrupted ----
list="SELECT no, state, before, ending, amount, cause, applicant, respondent, filed, ended FROM cases ORDER BY filed_at, id"
house b demo office --on 2025-01-06 --seed 7 >/dev/null 2>&1
play b >"$TMP/said" 2>&1 &
player=$!
some_lived() { [ -s "$TMP/b/demo.cases" ]; }
come some_lived || bad "the demo does not say how far it came"
pkill -INT -P $player tiaojie && good || bad "it was done before it could be interrupted"
wait $player
play b >"$TMP/said" 2>&1 && good || { bad "demo cases, gone on with"; tail -5 "$TMP/said"; }
sql a "$list" >"$TMP/one"
sql b "$list" >"$TMP/two"
cmp -s "$TMP/one" "$TMP/two" && good || { bad "the same seed, another demo"; diff "$TMP/one" "$TMP/two" | head -4; }
finish
