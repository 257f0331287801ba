#!/bin/sh
# house.sh BUILD ENGINE: backup under load and restore, and an audit record in which every kind of change is found;
# ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER set.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
. test/frame.sh
expect() { # expect EXIT-CODE TITLE COMMAND…
    want=$1 title=$2; shift 2
    "$@" >"$TMP/said" 2>&1
    rc=$?
    if [ "$rc" = "$want" ]; then good; else bad "$title (exit code $rc)"; tail -3 "$TMP/said"; fi
}
of() { sql "$2" "$1"; } # of NAME TEXT
written() { n=$(of a 'SELECT count(*) FROM cases' 2>/dev/null); [ "${n:-0}" -ge 20 ]; }

# ---- backup under load ----
database a; a=$address
mkdir -p "$TMP/a/files/ab"; echo scan >"$TMP/a/files/ab/abcd"
"$BUILD/test/house" load --folder "$TMP/a" --database "$a" >"$TMP/load" 2>&1 &
load=$! running=$!
come written || bad "nothing is written"
expect 0 "a backup while four threads write" "$BUILD/tiaojie" backup "$TMP/backup" --folder "$TMP/a" --database "$a"
more() { [ "$(of a 'SELECT count(*) FROM cases')" -gt "$n" ]; }
written; come more || bad "the backup has stopped the load"
kill -TERM $load
wait $load || { bad "load"; cat "$TMP/load"; }
expect 1 "a backup does not go where something is" "$BUILD/tiaojie" backup "$TMP/backup" --folder "$TMP/a" --database "$a"
database b; b=$address; rmdir "$TMP/b"
expect 0 "restore to a new folder" "$BUILD/tiaojie" restore "$TMP/backup" --folder "$TMP/b" --database "$b"
expect 1 "restore does not overwrite" "$BUILD/tiaojie" restore "$TMP/backup" --folder "$TMP/b" --database "$b"
expect 0 "the restored record is whole" "$BUILD/tiaojie" audit verify --folder "$TMP/b" --database "$b" --json
expect 0 "files come back" cmp "$TMP/a/files/ab/abcd" "$TMP/b/files/ab/abcd"
expect 0 "keys come back" cmp "$TMP/a/keys" "$TMP/b/keys"
for house in a b; do
    eval "address=\$$house"
    "$BUILD/test/house" check --folder "$TMP/$house" --database "$address" >"$TMP/check" 2>&1
    line=$(tail -1 "$TMP/check"); grep FAILED "$TMP/check"
    p=${line%% *}; f=${line#*, }; f=${f%% *}
    case "$line" in *passed*) passed=$((passed + p)) failed=$((failed + f)) ;; *) bad "check of $house"; tail -3 "$TMP/check" ;; esac
done
[ "$(of b 'SELECT count(*) FROM cases')" -lt "$(of a 'SELECT count(*) FROM cases')" ] && good || bad "the backup was not made under load"
mv "$TMP/b/keys" "$TMP/b/kept"
if [ "$ENGINE" = sqlite ]; then expect 1 "without its keys a database is not opened" "$BUILD/tiaojie" init --folder "$TMP/b" --database "$b"; fi
cp "$TMP/b/kept" "$TMP/b/keys"; printf '\001' | dd of="$TMP/b/keys" bs=1 seek=40 conv=notrunc 2>/dev/null
expect 1 "nor with others" "$BUILD/tiaojie" init --folder "$TMP/b" --database "$b"
mv "$TMP/b/kept" "$TMP/b/keys"
expect 0 "thousands of answers are forgotten in one transaction" "$BUILD/test/house" forget --folder "$TMP/b" --database "$b"
[ "$(of b 'SELECT count(*) FROM answer')" = 0 ] && good || bad "answers of a month ago are still there"
printf x >>"$TMP/backup/files/ab/abcd"
expect 1 "a changed file in a backup is found" "$BUILD/tiaojie" restore "$TMP/backup" --folder "$TMP/c" --database "sqlite:$TMP/c.db"
[ ! -e "$TMP/c" ] && good || bad "a refused restore left something"

# ---- the audit record: every column, a missing entry, a cut tail ----
verify() { "$BUILD/tiaojie" audit verify --folder "$TMP/b" --database "$b"; }
if [ "$ENGINE" = sqlite ]; then
    open="DROP TRIGGER IF EXISTS audit_keeps_UPDATE; DROP TRIGGER IF EXISTS audit_keeps_DELETE;"
else
    open="ALTER TABLE audit DISABLE TRIGGER USER;"
fi
export_check() { "$BUILD/tiaojie" audit export --folder "$TMP/b" --database "$b" >"$TMP/export" && tools/audit-check "$TMP/export"; }
expect 0 "the exported record is whole" export_check
lane=$(of b "SELECT min(lane) FROM audit")
where="lane = $lane AND seq = 2"
of b "CREATE TABLE kept AS SELECT * FROM audit WHERE $where" >/dev/null
for column in at_ms actor session subject org_path action reason detail prev hash; do
    case $column in
    at_ms | actor | session | subject) change="$column + 1" ;;
    hash | prev) change="replace(replace($column, 'a', 'b'), '0', '1')" ;;
    *) change="$column || 'x'" ;;
    esac
    of b "$open UPDATE audit SET $column = $change WHERE $where" >/dev/null
    expect 1 "a changed $column is found" verify
    grep -q "entry [23]:" "$TMP/said" || bad "where $column was changed is not said"
    expect 1 "a changed $column is found in the export" export_check
    of b "$open UPDATE audit SET $column = (SELECT $column FROM kept) WHERE $where" >/dev/null
done
expect 0 "put back, it is whole again" verify
of b "$open DELETE FROM audit WHERE $where" >/dev/null
expect 1 "a missing entry is found" verify
expect 1 "a missing entry is found in the export" export_check
of b "INSERT INTO audit SELECT * FROM kept" >/dev/null
expect 0 "put back, it is whole again" verify
"$BUILD/test/house" seal --folder "$TMP/b" --database "$b" >/dev/null 2>&1 || bad "a seal"
expect 0 "sealed, it is whole" export_check
last=$(of b "SELECT max(seq) FROM audit WHERE lane = $lane")
of b "$open DELETE FROM audit WHERE lane = $lane AND seq = $last" >/dev/null
expect 1 "a tail cut after a seal is found" verify
expect 1 "a tail cut after a seal is found in the export" export_check
finish
