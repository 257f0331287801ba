#!/bin/sh
# archive.sh BUILD ENGINE: volumes that were bound, read by programs that are not ours; one changed byte is found and named.
# ENGINE is sqlite, or postgres with $POSTGRES and $POSTGRES_FOLDER.  Ends with "N passed, N failed".
BUILD=$1 ENGINE=$2
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
database house
says() { if grep -qF -e "$2" "$TMP/said"; then good; else bad "$1: $(head -5 "$TMP/said")"; fi; }
tiaojie() { "$BUILD/tiaojie" "$@" --folder "$TMP/house" --database "$address" >"$TMP/said" 2>&1; }

# ---- binding: pages of every kind, by the worker process itself ----
if [ "$ENGINE" = sqlite ]; then
    cat >"$TMP/raw" <<'END'
%PDF-1.5
1 0 obj <</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 300 400]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Rotate 90/Resources<<>>/AA<</O<</S/JavaScript/JS(app.alert(2))>>>>>> endobj
4 0 obj <</Type/Page/Parent 2 0 R/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x)>>>>]>> endobj
trailer <</Root 1 0 R/Size 5>>
startxref
0
%%EOF
END
    qpdf --warning-exit-0 "$TMP/raw" "$TMP/two.pdf" 2>/dev/null
    qpdf --object-streams=generate "$TMP/two.pdf" "$TMP/streams.pdf"
    qpdf --encrypt secret secret 256 -- "$TMP/two.pdf" "$TMP/locked.pdf"
    pdftoppm -r 40 -png -f 1 -l 1 "$TMP/two.pdf" "$TMP/shot" && pdftoppm -r 60 -jpeg -f 2 -l 2 "$TMP/two.pdf" "$TMP/photo"
    head -c 400 "$TMP/photo-2.jpg" >"$TMP/half.jpg"
    echo "%PDF-1.7 nothing" >"$TMP/none.pdf"
    python3 test/volume_plan.py "$TMP/plan" doc:0:0:封面:1 doc:0:0:目录:index doc:0:1:申请书:40 "pdf:0:1:合同:$TMP/two.pdf" \
        "pdf:1:1:流:$TMP/streams.pdf" "picture:1:1:照片:$TMP/photo-2.jpg" "picture:1:1:截图:$TMP/shot-1.png" \
        "pdf:1:1:加密:$TMP/locked.pdf" "pdf:1:1:不是PDF:$TMP/none.pdf" "picture:1:1:不在:$TMP/nothing.png"
    worker() { "$BUILD/tiaojie" volume-worker --plan "$TMP/plan" --to "$1" --fonts "$BUILD/fonts" >"$TMP/said" 2>&1; }
    worker "$TMP/bound.pdf" && good || bad "binding: $(cat "$TMP/said")"
    is "three parts cannot be read" "$(awk '/^bound/ { print $3 }' "$TMP/said")" 3
    worker "$TMP/again.pdf"; cmp -s "$TMP/bound.pdf" "$TMP/again.pdf" && good || bad "the same plan makes the same bytes"
    qpdf --check "$TMP/bound.pdf" >"$TMP/said" 2>&1 && good || bad "qpdf --check: $(tail -3 "$TMP/said")"
    pages=$(pdfinfo "$TMP/bound.pdf" | awk '/^Pages/ { print $2 }')
    pdftotext -layout "$TMP/bound.pdf" "$TMP/text"
    last=$((pages - 2))
    is "the last page has its number" "$(pdftotext -f "$pages" -l "$pages" "$TMP/bound.pdf" - | grep -cx "$last")" 1
    contract=$(awk '/合同/ { print $NF; exit }' "$TMP/text")
    is "the index names the page of the contract" "$(pdftotext -f $((contract + 2)) -l $((contract + 2)) "$TMP/bound.pdf" - | grep -cx "$contract")" 1
    grep -q "共${last}页，{p99}" "$TMP/text" && good || bad "the index knows how many pages there are"
    grep -q "此件不能并入本卷 加密" "$TMP/text" && good || bad "a locked PDF is told of in its place"
    qpdf --qdf --object-streams=disable "$TMP/bound.pdf" "$TMP/open.pdf"
    grep -qa "JavaScript\|/URI" "$TMP/open.pdf" && bad "what strangers gave in still runs" || good
    is "bookmarks" "$(qpdf --json=1 --json-key=outlines "$TMP/bound.pdf" | grep -c '"title"')" 10
    pdfimages -list "$TMP/bound.pdf" | grep -q jpeg && good || bad "a JPEG stays a JPEG"
    echo "tiaojie volume 1" >"$TMP/plan"; worker "$TMP/none" ; is "half a plan is refused" $? 1
fi

# ---- an archived case, bound by the house itself ----
sed '/^== kept longer by two/,$d' test/scenario/7-seal.scn >"$TMP/seal.scn"
"$BUILD/test/run" --keep "$TMP/house" "$address" test/scenario/0*.scn test/scenario/5-performance.scn "$TMP/seal.scn" >"$TMP/played" 2>&1 \
    || { bad "the scenarios"; grep -A3 FAILED "$TMP/played"; }
rm -f "$TMP/house/incoming" # a refused upload of the player
case=$(sql "SELECT case_id FROM volume WHERE format = 'ZIP' LIMIT 1")
tiaojie archive verify; is "all is whole" $? 0
says "what was looked at" "1 cases"
tiaojie archive verify --json; grep -q '"whole":true' "$TMP/said" && good || bad "in JSON"
tiaojie archive export "$case" --to "$TMP/main.zip" && good || bad "export: $(cat "$TMP/said")"
tiaojie archive export "$case" --to "$TMP/sub.zip" --volume sub && good || bad "export of the sub-volume: $(cat "$TMP/said")"
tiaojie archive export 7 --to "$TMP/none.zip"; is "a case that is none" $? 1
tools/volume-check "$TMP/main.zip" >"$TMP/said"; is "the checker finds the main volume whole" $? 0
says "it says which" "main:"
tools/volume-check "$TMP/sub.zip" >"$TMP/said"; is "and the sub-volume" $? 0
unzip -p "$TMP/main.zip" volume.pdf >"$TMP/main.pdf"; unzip -p "$TMP/sub.zip" volume.pdf >"$TMP/sub.pdf"
for which in main sub; do
    qpdf --check "$TMP/$which.pdf" >"$TMP/said" 2>&1 && good || bad "$which: qpdf --check: $(tail -3 "$TMP/said")"
    pdftotext -layout "$TMP/$which.pdf" "$TMP/$which.txt"
done
grep -q "单位可以接受一万元" "$TMP/sub.txt" && good || bad "private notes are in the sub-volume"
is "an approval stands in the sub-volume once" "$(grep -c "负责人审批" "$TMP/sub.txt")" 1
is "in the row that is its own" "$(awk '/卷内目录/ { on = 1 } /负责人审批/ { on = 0 } on && /结案审批表|重新处理审批表/ { print $2 }' "$TMP/sub.txt" | head -1)" "结案审批表"
[ "$(grep -c "权利义务告知书" "$TMP/main.txt")" -gt 1 ] && grep -q "以纸质原件为准" "$TMP/main.txt" && good || bad "a paper that is on paper alone is told of"
grep -q "单位可以接受一万元" "$TMP/main.txt" && bad "private notes are in the main volume" || good
unzip -p "$TMP/main.zip" records.jsonl | grep -q "单位可以接受一万元" && bad "private notes go out with the main volume" || good
# In the order of the list: what is in the file, page after page.
python3 - "$TMP/main.txt" data/archive_checklist.csv <<'END' && good || bad "the main volume is not in the order of the list"
import csv, sys
text = open(sys.argv[1], encoding="utf-8").read()
index = text[text.index("卷内目录"):text.index("调解申请登记")]
labels = [r["label_zh"] for r in csv.DictReader(open(sys.argv[2], encoding="utf-8")) if r["volume"] == "main"]
at = [index.index(l) for l in labels if l in index]
sys.exit(not (len(at) >= 9 and at == sorted(at)))
END

# ---- one byte of a ZIP: named ----
change() { # change WHAT ARGUMENT: a copy of the ZIP with one thing that is not as it was
    python3 - "$TMP/main.zip" "$TMP/changed.zip" "$1" "$2" <<'END'
import hashlib, json, sys, zipfile
source, to, what, name = sys.argv[1:]
def listed(pack):
    """The manifest as who knows how it is made would change it, too; and the file that is another then."""
    m = json.loads(pack.read("manifest.json"))
    mine = next((f for f in m["files"] if f["path"].startswith(name)), {"path": name, "label": "x"})
    data = b"%PDF-1.7 another"
    mine.update(size=len(data), sha256=hashlib.sha256(data).hexdigest(), sm3=hashlib.new("sm3", data).hexdigest())
    m["files"] = [f for f in m["files"] if f is not mine] + ([] if what == "omit" else [mine])
    return mine["path"], data, json.dumps(m)
with zipfile.ZipFile(source) as a, zipfile.ZipFile(to, "w") as b:
    if what in ("forge", "omit"): path, other, manifest = listed(a)
    for n in a.namelist():
        data = bytearray(a.read(n))
        if what == "drop" and n.startswith(name): continue
        if what in ("forge", "omit") and n == path: continue
        if what in ("forge", "omit") and n == "manifest.json": data = manifest.encode()
        if what == "list" and n == "manifest.json": data = b"[]"
        if what == "byte" and n.startswith(name): data[len(data) // 2] ^= 1
        if what == "text": data = data.replace(name.split("|")[0].encode(), name.split("|")[1].encode()) if n.endswith("l") else data
        b.writestr(n, bytes(data))
    if what == "add": b.writestr(name, b"x")
    if what == "forge": b.writestr(path, other)
END
    tools/volume-check "$TMP/changed.zip" >"$TMP/said" 2>&1
}
for name in volume.pdf records.jsonl files/001; do
    change byte $name; is "a byte of $name" $? 1; says "it is named" "$name"
    change drop $name; is "without $name" $? 1; says "it is named" "$name"
done
change add files/999-more.pdf; is "a file more" $? 1; says "it is named" "files/999-more.pdf"
change byte manifest.json; is "a byte of the manifest" $? 1
change byte README.txt; is "a byte of what it says to the reader" $? 1; says "it is named" "README.txt: was changed"
change add ../more.sh; is "a file that would leave the folder" $? 1; says "it is named" "../more.sh: would be unpacked elsewhere"
change forge ../more.sh; is "and if the manifest has it" $? 1; says "it is named" "../more.sh: would be unpacked elsewhere"
change forge files/001; is "a file changed with the manifest" $? 1; says "it is named" "no sealed row has this file"
change omit files/001; is "a file taken out with its line of the manifest" $? 1; says "it is named" "a sealed row has this file, the volume has not"
change list; is "a manifest that is none" $? 1; says "it is said" "is no volume"
# bytes of the ZIP itself, as a bad disk changes them: told of in one line, unless all that is in it can be read as it was
python3 - "$TMP/main.zip" "$TMP/changed.zip" >"$TMP/said" <<'END'
import subprocess, sys, zipfile
source, to = sys.argv[1:]
whole = open(source, "rb").read()
def inside(path):
    with zipfile.ZipFile(path) as pack: return {n: pack.read(n) for n in pack.namelist()}
for at in [*range(0, len(whole), len(whole) // 60), len(whole) * 997 // 1000]:
    open(to, "wb").write(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
    got = subprocess.run(["tools/volume-check", to], capture_output=True, text=True)
    named = got.returncode == 1 or (got.returncode == 0 and inside(to) == inside(source))
    if not named or got.stderr or not got.stdout: print("byte", at, got.returncode, got.stderr[-80:])
END
is "any byte of the ZIP" "$(head -3 "$TMP/said")" ""
change text "欠付2025年12月工资|欠付2025年11月工资"; is "a row that says something else" $? 1; says "it is named" "records.jsonl"
change drop manifest.json; is "no manifest" $? 1
tools/volume-check >/dev/null 2>&1; is "without a file it is wrong use" $? 2
tools/volume-check "$TMP/main.pdf" >/dev/null 2>&1; is "no ZIP" $? 1

# ---- what the house packs is what was sealed, or it packs nothing ----
flip() { # flip FILE: one bit of its middle
    python3 -c 'import sys; p = sys.argv[1]; b = bytearray(open(p, "rb").read()); b[len(b) // 2] ^= 1; open(p, "wb").write(b)' "$1"
}
is_refused() { [ "$1" = 1 ] && [ ! -e "$TMP/none.zip" ] && good || bad "$2: packed all the same"; says "why" "$3"; }
tiaojie archive verify --case 7; is "no such case is not a whole one" $? 1; says "said" "no archived case has this number"
paper=$(sql "SELECT sha256 FROM evidence WHERE case_id = $case LIMIT 1")
paper=$TMP/house/files/$(echo "$paper" | cut -c1-2)/$paper
flip "$paper"; tiaojie archive export "$case" --to "$TMP/none.zip"; is_refused $? "a file that was changed" "a file of the volume was changed"
flip "$paper"; mv "$paper" "$TMP/away"
tiaojie archive export "$case" --to "$TMP/none.zip"; is_refused $? "a file that is gone" "a file of the volume is not there"
mv "$TMP/away" "$paper"
sql "UPDATE cases SET state = 'performed' WHERE id = $case" >/dev/null
tiaojie archive verify; is "a case opened past the procedure" $? 1; says "it is named" "is not archived any more, and nobody reopened it"
tiaojie archive export "$case" --to "$TMP/none.zip"; is_refused $? "a case that is open" "the case is not archived"
sql "UPDATE cases SET state = 'archived' WHERE id = $case" >/dev/null

# ---- one byte of the house: named ----
for what in "SELECT sha256 FROM evidence WHERE case_id = $case" "SELECT sha256 FROM volume WHERE case_id = $case AND kind = 'sub'"; do
    digest=$(sql "$what LIMIT 1")
    file=$TMP/house/files/$(echo "$digest" | cut -c1-2)/$digest
    flip "$file"; tiaojie archive verify; is "a byte of a stored file" $? 1; says "it is named" "file was changed"
    flip "$file"; mv "$file" "$TMP/away"; tiaojie archive verify; is "a stored file that is gone" $? 1; says "it is named" "file is not there"
    mv "$TMP/away" "$file"
done
free() { if [ "$ENGINE" = sqlite ]; then echo "DROP TRIGGER IF EXISTS $1_keeps_UPDATE;"; else echo "ALTER TABLE $1 DISABLE TRIGGER USER;"; fi; }
sql "UPDATE cases SET respondent = respondent || 'x' WHERE id = $case" >/dev/null
tiaojie archive verify --case "$case"; is "a row of the case" $? 1; says "it is named" "rows are not those"
sql "UPDATE cases SET respondent = substr(respondent, 1, length(respondent) - 1) WHERE id = $case" >/dev/null
sql "$(free private_note) UPDATE private_note SET at = at + 1 WHERE case_id = $case" >/dev/null
tiaojie archive verify; is "a row of the sub-volume" $? 1; says "it is named" "sub-volume"
sql "$(free private_note) UPDATE private_note SET at = at - 1 WHERE case_id = $case" >/dev/null
tiaojie archive verify; is "put back, all is whole" $? 0

# ---- the whole folder on another machine: what was altered there is named, the house here is not asked ----
mkdir "$TMP/far"; cp -a "$TMP/house" "$TMP/far/copy"; mv "$TMP/house" "$TMP/here"
far=sqlite:$TMP/far/copy/tiaojie.db
if [ "$ENGINE" = postgres ]; then
    psql -qh "$POSTGRES_FOLDER" -U postgres -c "DROP DATABASE IF EXISTS archive_far WITH (FORCE)" -c "CREATE DATABASE archive_far TEMPLATE archive_house" >/dev/null 2>&1
    far=$(echo "$POSTGRES" | sed "s,/test?,/archive_far?,")
fi
there() { "$BUILD/tiaojie" "$@" --folder "$TMP/far/copy" --database "$far" >"$TMP/said" 2>&1; }
far_sql() {
    if [ "$ENGINE" = postgres ]; then psql -AtqF '|' -h "$POSTGRES_FOLDER" -U postgres archive_far -c "$1"
    else sqlite3 -cmd '.timeout 5000' "$TMP/far/copy/tiaojie.db" "$1"; fi
}
stored() { echo "$TMP/far/copy/files/$(echo "$1" | cut -c1-2)/$1"; }
no=$(far_sql "SELECT no FROM cases WHERE id = $case")
there archive verify; is "a copy elsewhere is whole" $? 0; says "and was looked at" "1 cases"
there audit verify; is "and its record" $? 0
of_volume() { far_sql "SELECT sha256 FROM volume WHERE case_id = $case AND kind = '$1' AND format = 'PDF' LIMIT 1"; }
main=$(of_volume main) sub=$(of_volume sub)
paper=$(far_sql "SELECT sha256 FROM evidence WHERE case_id = $case ORDER BY id LIMIT 1")
paper_name=$(far_sql "SELECT name FROM evidence WHERE case_id = $case ORDER BY id LIMIT 1")
flip "$(stored "$main")"
there archive verify; is "a byte of a sealed volume" $? 1; says "it is named, with its case" "$no: file was changed: main volume"
grep -q "sub-volume" "$TMP/said" && bad "a volume that was not touched is named" || good
flip "$(stored "$main")"
mv "$(stored "$paper")" "$TMP/away"
there archive verify; is "a paper that is gone" $? 1; says "it is named" "$no: file is not there: $paper_name"
mv "$(stored "$sub")" "$(stored "$paper")"; mv "$TMP/away" "$(stored "$sub")"
there archive verify; is "two in each other's place" $? 1
says "the one is named" "file was changed: $paper_name"; says "and the other" "file was changed: sub-volume"
mv "$(stored "$sub")" "$TMP/away"; mv "$(stored "$paper")" "$(stored "$sub")"; mv "$TMP/away" "$(stored "$paper")"
there archive verify; is "put back" $? 0
far_sql "$(free evidence) UPDATE evidence SET name = name || 'x' WHERE case_id = $case AND id = (SELECT min(id) FROM evidence WHERE case_id = $case)" >/dev/null
there archive verify; is "a row of the database" $? 1; says "it is found" "rows are not those that were sealed"; says "and named" "row is otherwise: "
says "by what it was" "$(far_sql "SELECT id FROM evidence WHERE case_id = $case ORDER BY id LIMIT 1")"
far_sql "UPDATE evidence SET name = substr(name, 1, length(name) - 1) WHERE case_id = $case AND id = (SELECT min(id) FROM evidence WHERE case_id = $case)" >/dev/null
there archive verify; is "put back, too" $? 0
# who alters a volume and its digest in the database, or the rows and the seal, has not altered the record
cp "$(stored "$main")" "$TMP/other"; flip "$TMP/other"; other=$(sha256sum "$TMP/other" | cut -d' ' -f1)
mkdir -p "$(dirname "$(stored "$other")")"; cp "$TMP/other" "$(stored "$other")"
far_sql "$(free volume) UPDATE volume SET sha256 = '$other' WHERE sha256 = '$main'" >/dev/null
there archive verify; is "a volume with its digest" $? 1; says "it is named" "row is not in the audit record: main volume"
far_sql "$(free volume) UPDATE volume SET sha256 = '$main' WHERE sha256 = '$other'" >/dev/null
far_sql "$(free case_seal) UPDATE case_seal SET seal = '$other' WHERE case_id = $case" >/dev/null
there archive verify; is "another seal" $? 1; says "it is named" "seal is not in the audit record"
[ "$ENGINE" = sqlite ] && far_sql "DROP TRIGGER case_seal_keeps_DELETE" >/dev/null
far_sql "$(free case_seal) DELETE FROM case_seal WHERE case_id = $case" >/dev/null
there archive verify; is "no seal" $? 1; says "it is named" "$no: has no seal"
rm -rf "$TMP/far"; mv "$TMP/here" "$TMP/house"
tiaojie archive verify; is "the house itself is whole" $? 0

# ---- signed by the server's certificate, whoever asks for it ----
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMP/key" -out "$TMP/cert" -days 30 -utf8 -subj "/CN=某县调解中心" 2>/dev/null
openssl pkcs12 -export -inkey "$TMP/key" -in "$TMP/cert" -out "$TMP/seal.p12" -passout pass:open-sesame
echo open-sesame >"$TMP/password"
sql "INSERT INTO volume_ask SELECT max(id) + 1, $case, 'main', 'PDF', 'asked', 0, 0, 0, 0, 0, 0, '', 0 FROM volume_ask" >/dev/null
open_case=$(sql "SELECT id FROM cases WHERE state NOT IN ('archived', 'closed', 'draft') AND no <> '' ORDER BY id LIMIT 1")
org=$(sql "SELECT org FROM cases WHERE id = $open_case")
tiaojie user add sealkeeper --roles head --org "$org" --json; password=$(sed -n 's/.*"password":"\([^"]*\)".*/\1/p' "$TMP/said")
"$BUILD/tiaojie" serve --folder "$TMP/house" --database "$address" --port 0 --demo --origin https://tj.example --log none \
    --signer "pkcs12:$TMP/seal.p12" --signer-password "$TMP/password" >"$TMP/served" 2>&1 &
server=$! running=$!
none_asked() { [ "$(sql "SELECT count(*) FROM volume_ask WHERE state = 'asked'")" = 0 ]; }
come none_asked || bad "the volume that was asked for is not made"

# ---- what the head makes is signed, too ----
come listening "$TMP/served"
made=$(python3 - "$base" "$password" "$open_case" <<'END'
import http.cookiejar, json, sys, urllib.error, urllib.request
base, password, case = sys.argv[1:]
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
def post(path, body, key):
    head = {"Content-Type": "application/json", "Idempotency-Key": key}
    try: return json.load(opener.open(urllib.request.Request(base + "/api/v1" + path, json.dumps(body).encode(), head)))
    except urllib.error.HTTPError as error: return {"file": error.read().decode()}
    except ValueError: return {}
post("/login", {"login": "sealkeeper", "password": password}, "a")
post("/me/password", {"old": password, "new": "Harbour.7314.morning"}, "b")
post("/login", {"login": "sealkeeper", "password": "Harbour.7314.morning"}, "c")
print(post(f"/cases/{case}/made", {"code": "D02"}, "d").get("file"))
END
)
paper=$TMP/house/files/$(echo "$made" | cut -c1-2)/$made
pdfsig "$paper" >"$TMP/said" 2>/dev/null; says "a paper that the head made is signed ($made)" "Signature is Valid"
qpdf --check "$paper" >/dev/null 2>&1 && good || bad "qpdf --check of the signed paper"

# ---- the public page, by the server itself: no script needed ----
base=$(sed -n 's/^listening on //p' "$TMP/served")
get() { # get PATH: the status; the head and the page in $TMP/said
    python3 - "$base$1" "$TMP/said" <<'END'
import sys, urllib.error, urllib.request
try: answer = urllib.request.urlopen(sys.argv[1])
except urllib.error.HTTPError as error: answer = error
open(sys.argv[2], "w", encoding="utf-8").write(f"{answer.headers}\n{answer.read().decode()}")
print(answer.status)
END
}
code=$(sql "SELECT verify FROM volume WHERE case_id = $case AND kind = 'main' LIMIT 1")
number=$(sql "SELECT no FROM case_seal WHERE case_id = $case LIMIT 1" | python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.stdin.read().strip()))')
is "the form" "$(get /v)" 200; says "asks" 'name="code"'; says "no script but ours" "default-src 'self'"; says "it is HTML" "text/html"
is "a code" "$(get "/v/$code")" 200; says "holds" 'class="state good">有效'; says "masked" "覃*莲"; says "its digest" "data-sha256"
is "a code with its number" "$(get "/v?code=$(echo "$code" | tr a-f A-F)&number=$number")" 200; says "found" "查到这份文书"
is "a code with another number" "$(get "/v?code=$code&number=1")" 404; says "not found" "没有查到"
is "in English" "$(get "/v/$code?lang=en")" 200; says "English" "It is one of ours"
message=$(sql "SELECT verify FROM outbox WHERE verify <> '' LIMIT 1")
is "a message" "$(get "/v/$message")" 200; says "a message" "这条消息由本平台发出"
is "what is none" "$(get "/v/%3Cb%3E%22x")" 404; grep -q "<b>" "$TMP/said" && bad "what was asked is written as it came" || good
is "its script" "$(get /v/page.js)" 200; says "script" "text/javascript"
is "its style" "$(get /v/page.css)" 200
sql "UPDATE cases SET state = 'performed' WHERE id = $case" >/dev/null
is "a case reopened" "$(get "/v/$code")" 200; says "superseded" 'class="state old">已被替换'
sql "UPDATE cases SET state = 'archived' WHERE id = $case" >/dev/null
n=0; while [ $n -lt 20 ]; do get "/v/0000000000000000" >/dev/null; n=$((n + 1)); done
is "after twenty wrong codes" "$(get "/v/$code")" 429; says "told" "查验次数过多"
kill "$server"; wait "$server" 2>/dev/null; running=
digest=$(sql "SELECT sha256 FROM volume WHERE signer <> '' LIMIT 1")
signed=$TMP/house/files/$(echo "$digest" | cut -c1-2)/$digest
pdfsig "$signed" 2>/dev/null >"$TMP/said"; says "the volume is signed" "Signature is Valid"
says "by whom" "某县调解中心"
qpdf --check "$signed" >/dev/null 2>&1 && good || bad "qpdf --check of the signed volume"
pdftotext "$signed" - | grep -q "tj.example/v/" && good || bad "its cover says where to verify it"
tiaojie archive verify; is "all is whole still" $? 0
tiaojie audit verify; is "and the audit record" $? 0
sql "SELECT detail FROM audit WHERE detail LIKE '%volume.add%'" | grep -q "$digest" && good || bad "its digest is in the audit record"
finish
