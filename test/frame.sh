# What the shell tests share: a folder of their own, counting, a database by name on either engine.
# Use: `. test/frame.sh` from the root, after ENGINE is set (sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER);
# what runs beside the test has its process numbers in $running and ends with it.
export TIAOJIE_DATA="${TIAOJIE_DATA:-$PWD/data}" TIAOJIE_FONTS="$BUILD/fonts"
suite=${0##*/} TMP=$(mktemp -d) running='' passed=0 failed=0
leave() {
    [ -z "$running" ] || kill $running 2>/dev/null # shellcheck disable=SC2086
    rm -rf "$TMP"
}
trap leave EXIT
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $suite${ENGINE:+, $ENGINE}: $*"; }
is() { if [ "$2" = "$3" ]; then good; else bad "$1: $2, not $3"; fi; } # is TITLE FOUND WANTED
come() { # come COMMAND…: waits until it succeeds; only what never happens takes the two minutes
    waited=0
    until "$@"; do
        [ $waited -lt 1200 ] || return 1
        sleep 0.1; waited=$((waited + 1))
    done
}
listening() { base=$(sed -n 's/^listening on //p' "$1"); [ -n "$base" ]; } # listening FILE: what a server said there; its $base
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}

database() { # database NAME: an empty one, its $address and its $folder
    database=$1 folder=$TMP/$1
    mkdir -p "$folder"
    address=sqlite:$folder/tiaojie.db
    [ "$ENGINE" = postgres ] || return 0
    psql -qh "$POSTGRES_FOLDER" -U postgres -c "DROP DATABASE IF EXISTS ${suite%.sh}_$database WITH (FORCE)" \
        -c "CREATE DATABASE ${suite%.sh}_$database" >/dev/null 2>&1
    address=$(echo "$POSTGRES" | sed "s,/test?,/${suite%.sh}_$database?,")
}
sql() { # sql TEXT [NAME]: its rows, of the database made last or of the one named
    if [ "$ENGINE" = postgres ]; then psql -AtqF '|' -h "$POSTGRES_FOLDER" -U postgres "${suite%.sh}_${2:-$database}" -c "$1"
    else sqlite3 -cmd '.timeout 5000' "$TMP/${2:-$database}/tiaojie.db" "$1"; fi
}
