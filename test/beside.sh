# What the tests of messages share: a server of the house with a stand-in beside it, that is told its mode, may be away, slow
# or of another mind.  Use: `. test/beside.sh` after test/frame.sh and `database house`.
# $server and $other are their processes, $base and $port where they listen; what the stand-in says is in $TMP/heard.
mode() { echo "$1" >"$TMP/mode"; }
stand_in() { # stand_in COMMAND…
    [ -z "$other" ] || kill "$other" 2>/dev/null
    : >"$TMP/heard"
    "$@" >"$TMP/heard" 2>"$TMP/heard.log" &
    other=$!; running="$server $other"
    come heard listening || bad "$*: $(cat "$TMP/heard" "$TMP/heard.log")"
    port=$(sed -n 's/^listening on //p' "$TMP/heard")
}
heard() { grep -q "^$1" "$TMP/heard"; } # heard WORD: a line begins so
serve() { # serve OPTION…
    : >"$TMP/served"
    "$BUILD/tiaojie" serve --folder "$TMP/house" --database "$address" --port 0 --log none "$@" >"$TMP/served" 2>&1 &
    server=$!; running="$server $other"
    come listening "$TMP/served" || bad "the server: $(cat "$TMP/served")"
}
stop() { kill "${1:--TERM}" "$server"; wait "$server" 2>/dev/null; } # stop [SIGNAL]
ask() { # ask [OPTION…] ADDRESS: the status; the answer in $TMP/said, its head in $TMP/head
    curl -s -D "$TMP/head" -c "$TMP/jar" -b "$TMP/jar" -o "$TMP/said" -w '%{http_code}' -H 'Content-Type: application/json' \
        -H "Idempotency-Key: $(date +%s%N)" -H "Origin: $base" "$@"
}
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$TMP/said"; } # member NAME: of the last answer
refused() { # refused WORDS OPTION…: what cannot work does not start
    words=$1; shift
    "$BUILD/tiaojie" serve --folder "$TMP/house" --database "$address" --port 0 "$@" >"$TMP/said" 2>&1
    [ $? = 1 ] && grep -q "$words" "$TMP/said" && good || bad "$words: $(cat "$TMP/said")"
}
