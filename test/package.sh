#!/bin/sh
# package.sh: the Debian package, unpacked into a folder and used from there: nothing of the source tree may be needed.
# Its maintainer scripts are only read for their syntax, for running them changes the machine.  Ends with "N passed, N failed".
BUILD=${1:-build}
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
deb=$(script/deb 2>"$TMP/said" | tail -1)
[ -f "$deb" ] && good || { bad "script/deb: $(tail -5 "$TMP/said")"; finish; exit; }
dpkg-deb -x "$deb" "$TMP/root" && dpkg-deb -e "$deb" "$TMP/control" && good || bad "it does not unpack"
unset TIAOJIE_DATA TIAOJIE_FONTS
tiaojie=$TMP/root/usr/bin/tiaojie share=$TMP/root/usr/share/tiaojie

for script in postinst prerm postrm; do
    [ -x "$TMP/control/$script" ] && sh -n "$TMP/control/$script" && good || bad "$script"
done
is "what it is linked with is there" "$(ldd "$tiaojie" | grep -c 'not found')" 0
for need in $(sed -n 's/^Depends: //p' "$TMP/control/control" | tr ',' '\n' | sed 's/ *(.*//'); do
    apt-cache show "$need" >/dev/null 2>&1 && good || bad "it depends on $need, which Debian has not"
done
is "the version" "$("$tiaojie" version)" "tiaojie $(sed -n 's/^Version: //p' "$TMP/control/control")"
is "options are a file the office may change" "$(cat "$TMP/control/conffiles")" /etc/default/tiaojie
is "nothing of the demo" "$(find "$share" -path '*demo*' | wc -l)" 0
program=$(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$TMP/root/usr/lib/systemd/system/tiaojie.service")
[ -x "$TMP/root$program" ] && good || bad "the service starts $program"

# ---- an office from nothing ----
"$tiaojie" init --folder "$TMP/office" >"$TMP/said" 2>&1 && good || bad "init: $(cat "$TMP/said")"
"$tiaojie" user add admin --roles sys_admin --name 张三 --folder "$TMP/office" | grep -q 'one-time password' && good || bad "the first account"
"$tiaojie" law calc B01 --describe >"$TMP/said" && good || bad "the law is not found"
start() { # start OPTION…: serves the office, its $base
    "$tiaojie" serve --folder "$TMP/office" --port 0 --log none "$@" >"$TMP/serve" 2>&1 & running=$!
    until base=$(sed -n 's/^listening on //p' "$TMP/serve") && [ -n "$base" ]; do
        kill -0 $running || { bad "serve: $(cat "$TMP/serve")"; finish; exit; }
        sleep 0.1
    done
}
answer() { curl -s -o "$TMP/page" -w '%{http_code}' "$base$1"; }
start
is "the portal" "$(answer /)" 200
grep -q '<div id="app"' "$TMP/page" && good || bad "the portal's page"
is "the console" "$(answer /console/)" 200
is "divisions of the country" "$(answer '/api/v1/reference/regions?parent=4502')" 200
grep -q 柳江区 "$TMP/page" && good || bad "柳江区"
kill $running
wait $running 2>/dev/null
start --web none
is "without the faces" "$(answer /console/)" 404
is "the interface alone" "$(answer /healthz)" 200

# ---- papers in the package's own fonts ----
"$tiaojie" paper D01 --sample --pdf "$TMP/d01.pdf" >"$TMP/said" 2>&1 && good || bad "a paper: $(cat "$TMP/said")"
[ -s "$TMP/said" ] && bad "a paper: $(cat "$TMP/said")"
"$BUILD/tiaojie" paper D01 --sample --pdf "$TMP/built.pdf" 2>/dev/null && cmp -s "$TMP/d01.pdf" "$TMP/built.pdf" && good || bad "other fonts than in the source tree"
finish
