#!/bin/sh
# sealing.sh BUILD ENGINE: papers signed by a seal platform elsewhere, which may be away, slow, of another mind, or a liar.
# The platform is a stand-in (test/seal/platform.c).  ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
database house
BUILD=$BUILD sh script/fonts
certificate() { openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMP/$1.key" -out "$TMP/$1.pem" -days 30 -utf8 -subj "/CN=$2" -addext "subjectAltName=DNS:localhost" 2>/dev/null; }
certificate seal 柳城县劳动人事争议多元调解中心印章; certificate other 别处的印章; certificate host localhost
printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\npolicy=p\ndefault_md=sha256\n[p]\ncommonName=supplied\n' "$TMP" "$TMP" "$TMP" >"$TMP/ca"
: >"$TMP/index"; echo 01 >"$TMP/serial"
openssl req -new -key "$TMP/seal.key" -subj /CN=old -out "$TMP/old.csr" 2>/dev/null
openssl ca -config "$TMP/ca" -batch -selfsign -keyfile "$TMP/seal.key" -in "$TMP/old.csr" -out "$TMP/old.pem" -startdate 20200101000000Z -enddate 20200201000000Z 2>/dev/null || bad "an expired certificate for the test"
echo "tiaojie open-sesame" >"$TMP/secret"; echo "tiaojie wrong" >"$TMP/wrong"; echo "nothing" >"$TMP/half"
mode() { echo "$1" >"$TMP/mode"; }
start() { # start [OPTION…]: the platform
    : >"$TMP/asked"
    "$BUILD/test/seal_platform" --key "$TMP/seal.key" --cert "$TMP/seal.pem" --other-key "$TMP/other.key" --other-cert "$TMP/other.pem" \
        --secret "tiaojie open-sesame" --mode "$TMP/mode" "$@" >"$TMP/asked" 2>&1 &
    platform=$!; running="$server $platform"
    come listening "$TMP/asked"; port=$base
}
stop() { kill "$platform" 2>/dev/null; wait "$platform" 2>/dev/null; }

# ---- one paper, by the command ----
"$BUILD/tiaojie" paper D14 --sample --pdf "$TMP/paper.pdf"
mode good; start
sign() { # sign URL [OPTION…]
    rm -f "$TMP/signed.pdf"
    url=$1; shift
    "$BUILD/tiaojie" sign "$TMP/paper.pdf" --to "$TMP/signed.pdf" --signer "seal:$url" --signer-password "$TMP/secret" \
        --signer-certificate "$TMP/seal.pem" --reason 调解协议书 "$@" >"$TMP/said" 2>&1
}
sign "http://localhost:$port/v1/sign" && good || bad "not signed: $(cat "$TMP/said")"
pdfsig "$TMP/signed.pdf" >"$TMP/pdfsig" 2>/dev/null
for what in "Signature is Valid" "ETSI.CAdES.detached" "Total document signed" "柳城县劳动人事争议多元调解中心印章"; do
    grep -q "$what" "$TMP/pdfsig" && good || bad "pdfsig does not say $what: $(cat "$TMP/pdfsig")"
done
qpdf --check "$TMP/signed.pdf" >/dev/null 2>&1 && good || bad "qpdf --check"
is "the platform saw a digest, not the paper" "$(grep -c '^good [0-9a-f]* [0-9a-f]\{64\}$' "$TMP/asked")" 1
refused() { # refused MODE WORDS [OPTION…]: not signed, the reason said, nothing left behind
    how=$1 words=$2; shift 2
    mode "$how"; sign "http://localhost:$port/v1/sign" "$@"
    [ $? = 1 ] && grep -q "$words" "$TMP/said" && [ ! -e "$TMP/signed.pdf" ] && good || bad "$how: $(cat "$TMP/said")"
}
refused wrong "does not fit the paper"
refused other "does not fit the paper"
refused refuse "该印章未授权用于此类文书"
refused garbage "gave no signature"
refused redirect "without a reason"
refused busy "系统维护 (perhaps later)"
refused waiting "等待审批 (perhaps later)"
refused huge "answers too much (perhaps later)"
refused cut "perhaps later"
refused chunked "perhaps later"
refused slow "did not answer in time (perhaps later)"
refused good "签名校验失败" --signer-password "$TMP/wrong"
refused good "needs the seal's certificate" --signer-certificate "$TMP/nothing"
refused good "is not valid now" --signer-certificate "$TMP/old.pem"
refused good "does not fit the paper" --signer-certificate "$TMP/other.pem"
refused good "APP SECRET" --signer-password "$TMP/half"
sign "ftp://localhost/x"; is "another kind of address" $? 1
stop
sign "http://localhost:$port/v1/sign"; grep -q "cannot be reached (perhaps later)" "$TMP/said" && good || bad "nobody there: $(cat "$TMP/said")"
sign "http://no-such-host.invalid/"; grep -q "its name is not known" "$TMP/said" && good || bad "no such name: $(cat "$TMP/said")"
start --tls-key "$TMP/host.key" --tls-cert "$TMP/host.pem"
sign "https://localhost:$port/v1/sign" --signer-roots "$TMP/host.pem" && good || bad "over TLS: $(cat "$TMP/said")"
sign "https://localhost:$port/v1/sign" --signer-roots "$TMP/other.pem"; grep -q "is not believed" "$TMP/said" && good || bad "a server nobody vouches for: $(cat "$TMP/said")"
sign "https://127.0.0.1:$port/v1/sign" --signer-roots "$TMP/host.pem"; grep -q "is not believed" "$TMP/said" && good || bad "another name than its certificate's: $(cat "$TMP/said")"
sign "http://localhost:$port/v1/sign"; is "plain words to a TLS server" $? 1
stop

# ---- a house whose papers wait for it ----
"$BUILD/test/run" --keep "$TMP/house" "$address" test/scenario/0*.scn test/scenario/8-scans.scn >"$TMP/played" 2>&1 || { bad "the scenarios"; grep -A3 FAILED "$TMP/played"; }
rm -f "$TMP/house/incoming"
centre=$(sql "SELECT id FROM org WHERE name = '柳城县劳动人事争议多元调解中心'")
case=$(sql "SELECT id FROM cases WHERE respondent = '柳城县归类食品有限公司'")
"$BUILD/tiaojie" user add sealer --roles head --org "$centre" --json --folder "$TMP/house" --database "$address" >"$TMP/said" 2>&1
password=$(sed -n 's/.*"password":"\([^"]*\)".*/\1/p' "$TMP/said")
mode good; start; fixed=$port
serve() {
    : >"$TMP/served"
    "$BUILD/tiaojie" serve --folder "$TMP/house" --database "$address" --port 0 --demo --origin https://tj.example --log none \
        --signer "seal:http://localhost:$fixed/v1/sign" --signer-password "$TMP/secret" --signer-certificate "$TMP/seal.pem" >"$TMP/served" 2>&1 &
    server=$!; running="$server $platform"
    come listening "$TMP/served"
}
serve
cat >"$TMP/ask.py" <<'END'
import http.cookiejar, json, os, sys, urllib.error, urllib.request
base, password, jar = sys.argv[1:4]
cookies = http.cookiejar.LWPCookieJar(jar)
if os.path.exists(jar): cookies.load(ignore_discard=True)
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
def ask(path, body=None):
    head = {"Content-Type": "application/json", "Idempotency-Key": os.urandom(8).hex()} if body is not None else {}
    data = json.dumps(body).encode() if body is not None else None
    try:
        answer = opener.open(urllib.request.Request(base + "/api/v1" + path, data, head))
        text = answer.read()
        return answer.status, json.loads(text) if text else {}
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")
if not os.path.exists(jar):
    ask("/login", {"login": "sealer", "password": password})
    ask("/me/password", {"old": password, "new": "Harbour.7314.morning"})
    ask("/login", {"login": "sealer", "password": "Harbour.7314.morning"})
    cookies.save(ignore_discard=True)
status, answer = ask(sys.argv[4], json.loads(sys.argv[5]) if len(sys.argv) > 5 else None)
print(status, json.dumps(answer, ensure_ascii=False))
END
ask() { python3 "$TMP/ask.py" "$base" "$password" "$TMP/jar" "$@" >"$TMP/said" 2>&1; }
paper() { ask "/cases/$case/made" "{\"code\":\"$1\"$2}"; made=$(sed -n 's/.*"id": "\([0-9]*\)".*/\1/p' "$TMP/said"); }
state() { sql "SELECT state FROM seal_ask WHERE made_id = $1"; }
is_in() { [ "$(state "$2")" = "$1" ]; }
wait_for() { # wait_for STATE MADE
    come is_in "$1" "$2"
    is "the paper comes to be" "$(state "$2")" "$1"
}
count() { sql "SELECT count(*) FROM made WHERE id = $1"; }

paper D07; is "a paper is ordered, not made" "$(cut -c1-3 "$TMP/said")" 202
grep -q '"state": "sealing"' "$TMP/said" && good || bad "it waits: $(cat "$TMP/said")"
wait_for sealed "$made"; is "and then it is made" "$(count "$made")" 1
digest=$(sql "SELECT file FROM made WHERE id = $made")
file=$TMP/house/files/$(echo "$digest" | cut -c1-2)/$digest
pdfsig "$file" 2>/dev/null | grep -q "Signature is Valid" && good || bad "its signature"
is "its digest is that of what was signed" "$(sha256sum "$file" | cut -d' ' -f1)" "$digest"
is "who is to receive it is recorded now" "$(sql "SELECT count(*) > 0 FROM paper WHERE case_id = $case AND code = 'D07' AND state = 'issued' AND file = '$digest'" | tr t1 yy)" y

# ---- the platform is away ----
stop
paper D02; wait=$made
is "it is ordered all the same" "$(cut -c1-3 "$TMP/said")" 202
says_why() { [ -n "$(sql "SELECT why FROM seal_ask WHERE made_id = $wait AND why <> ''")" ]; }
come says_why
is "it says why it waits" "$(sql "SELECT why FROM seal_ask WHERE made_id = $wait")" "cannot be reached"
is "nobody has it yet" "$(count "$wait")$(sql "SELECT count(*) FROM paper WHERE case_id = $case AND code = 'D02' AND issued_on = '$(TZ=Asia/Shanghai date +%F)'")" 00
paper D02; is "one at a time" "$(cut -c1-3 "$TMP/said")" 409
kill -9 "$server"; wait "$server" 2>/dev/null # the house dies while it waits
mode waiting; start --port "$fixed"
serve
wait_for sealed "$wait"; is "made when the platform is there and has decided" "$(count "$wait")" 1
is "asked until it decided, by one name, for one digest" "$(awk '$1 == "waiting" { print $2, $3 }' "$TMP/asked" | sort -u | wc -l)" 1

# ---- refused, asked again, given up; a liar ----
mode refuse; paper D07; no=$made; wait_for refused "$no"
ask "/cases/$case/sealings"; grep -q "该印章未授权用于此类文书" "$TMP/said" && good || bad "why it was refused: $(cat "$TMP/said")"
ask "/sealings"; is "the office sees what is open" "$(grep -o '"made_id"' "$TMP/said" | wc -l)" 1
mode wrong; ask "/sealings/$no/again" '{}'; is "asked again" "$(cut -c1-3 "$TMP/said")" 200
wait_for refused "$no"
is "a signature that does not fit is none" "$(sql "SELECT why FROM seal_ask WHERE made_id = $no")" "the platform's signature does not fit the paper"
is "and no paper" "$(count "$no")" 0
mode good; ask "/sealings/$no/again" '{}'; wait_for sealed "$no"; is "until it is right" "$(count "$no")" 1
ask "/sealings/$no/again" '{}'; is "what is sealed is not asked for again" "$(cut -c1-3 "$TMP/said")" 409
mode busy; paper D07; last=$made
ask "/sealings/$last/give-up" '{}'; is "given up while it waits" "$(cut -c1-3 "$TMP/said")" 200
mode good; sleep 2; is "stays given up" "$(state "$last")$(count "$last")" given_up0

# ---- a paper from the office's own DOCX is a PDF, too, where LibreOffice is installed ----
if command -v soffice >/dev/null; then
    python3 - "$base" "$TMP/jar" "$case" "$TMP/own.pdf" >"$TMP/said" 2>&1 <<'END'
import http.cookiejar, io, json, os, sys, urllib.request, zipfile
base, jar, case, path = sys.argv[1:]
cookies = http.cookiejar.LWPCookieJar(jar)
cookies.load(ignore_discard=True)
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
def ask(path, data=None, kind="application/json"):
    head = {"Content-Type": kind, "Idempotency-Key": os.urandom(8).hex()} if data is not None else {}
    return opener.open(urllib.request.Request(base + "/api/v1" + path, data, head)).read()
word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
body = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>收到${{applicants.name}}的材料</w:t></w:r></w:p></w:body></w:document>'
types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
         '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
         '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
rels = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
book = io.BytesIO()
with zipfile.ZipFile(book, "w") as zip:
    for name, text in (("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document.xml", body)):
        zip.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
form = json.loads(ask("/paper-forms?code=D02&name=own.docx", book.getvalue(), "application/octet-stream"))["id"]
made = json.loads(ask(f"/cases/{case}/made", json.dumps({"code": "D02", "form_id": form}).encode()))
open(path, "wb").write(ask(f"/cases/{case}/made/{made['id']}/pdf"))
print("pages", made["pages"])
END
    is "an own form has its pages" "$(cat "$TMP/said")" "pages 1"
    pdftotext "$TMP/own.pdf" - 2>/dev/null | grep -q "收到韦扫描的材料" && good || bad "what the PDF of an own form says"
    is "nothing of LibreOffice is left" "$(find "$TMP/house" -maxdepth 1 -name 'office-*' | wc -l)" 0
fi
"$BUILD/tiaojie" audit verify --folder "$TMP/house" --database "$address" >/dev/null 2>&1 && good || bad "the audit record holds"
finish
