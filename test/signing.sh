#!/bin/sh
# signing.sh BUILD: PDFs signed by `tiaojie sign`, opened by readers that are not ours.  Ends with "N passed, N failed".
BUILD=$1
cd "$(dirname "$0")/.." || exit 1
. test/frame.sh
sign() { "$BUILD/tiaojie" sign "$@" >"$TMP/said" 2>&1; }

# ---- a certificate, and a paper of two pages ----
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$TMP/key" -out "$TMP/cert" -days 800 -utf8 \
    -subj "/C=CN/O=某县劳动人事争议调解中心/CN=某县劳动人事争议调解中心" 2>/dev/null
openssl pkcs12 -export -inkey "$TMP/key" -in "$TMP/cert" -out "$TMP/seal.p12" -passout pass:open-sesame
echo open-sesame >"$TMP/password"
printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\npolicy=p\ndefault_md=sha256\n[p]\ncommonName=supplied\n' "$TMP" "$TMP" "$TMP" >"$TMP/ca"
: >"$TMP/index"; echo 01 >"$TMP/serial"
openssl req -new -key "$TMP/key" -subj /CN=old -out "$TMP/old.csr" 2>/dev/null
openssl ca -config "$TMP/ca" -batch -selfsign -keyfile "$TMP/key" -in "$TMP/old.csr" -out "$TMP/old" -startdate 20200101000000Z -enddate 20200201000000Z 2>/dev/null
[ -s "$TMP/old" ] && good || bad "an expired certificate for the test"
cat >"$TMP/plain" <<'END'
%PDF-1.5
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Resources<<>>>> endobj
4 0 obj <</Type/Page/Parent 2 0 R/Resources<<>>>> endobj
trailer <</Root 1 0 R/Size 5>>
startxref
0
%%EOF
END
qpdf --warning-exit-0 --object-streams=disable "$TMP/plain" "$TMP/paper.pdf" >/dev/null 2>&1
who="--signer pkcs12:$TMP/seal.p12 --signer-password $TMP/password"

# ---- signed: valid for pdfsig and openssl, clean for qpdf, what was there unchanged ----
# shellcheck disable=SC2086
sign "$TMP/paper.pdf" --to "$TMP/signed.pdf" $who --reason 归档 --place 某县 && good || bad "not signed: $(cat "$TMP/said")"
pdfsig "$TMP/signed.pdf" >"$TMP/pdfsig" 2>/dev/null
grep -q "Signature is Valid" "$TMP/pdfsig" && good || bad "pdfsig: $(cat "$TMP/pdfsig")"
grep -q "ETSI.CAdES.detached" "$TMP/pdfsig" && good || bad "pdfsig: its type"
grep -q "Total document signed" "$TMP/pdfsig" && good || bad "pdfsig: not all is signed"
grep -q "某县劳动人事争议调解中心" "$TMP/pdfsig" && good || bad "pdfsig: whose it is"
qpdf --check "$TMP/signed.pdf" >/dev/null 2>&1 && good || bad "qpdf --check"
head -c "$(wc -c <"$TMP/paper.pdf")" "$TMP/signed.pdf" | cmp -s - "$TMP/paper.pdf" && good || bad "the paper was changed"
[ "$(pdfinfo "$TMP/signed.pdf" | awk '/^Pages/ { print $2 }')" = 2 ] && good || bad "its pages"

# ---- one byte of what is signed, changed: not valid, wherever it lies ----
for at in 20 200 $(($(wc -c <"$TMP/paper.pdf") + 20)) $(($(wc -c <"$TMP/signed.pdf") - 30)); do
    python3 - "$TMP/signed.pdf" "$TMP/changed.pdf" "$at" <<'END'
import sys
b = bytearray(open(sys.argv[1], "rb").read())
b[int(sys.argv[3])] ^= 1
open(sys.argv[2], "wb").write(b)
END
    pdfsig "$TMP/changed.pdf" 2>/dev/null | grep -q "Signature is Valid" && bad "byte $at was changed, and it is valid" || good
done

# ---- a second signature leaves the first one good ----
# shellcheck disable=SC2086
sign "$TMP/signed.pdf" --to "$TMP/twice.pdf" $who && good || bad "not signed twice: $(cat "$TMP/said")"
[ "$(pdfsig "$TMP/twice.pdf" 2>/dev/null | grep -c 'Signature is Valid')" = 2 ] && good || bad "two signatures: $(pdfsig "$TMP/twice.pdf" 2>&1)"
qpdf --check "$TMP/twice.pdf" >/dev/null 2>&1 && good || bad "qpdf --check, twice"

# ---- refused, and nothing is left behind ----
refused() { # refused TITLE ARGUMENT…
    title=$1; shift
    sign "$@" --to "$TMP/none.pdf"
    [ $? = 1 ] && [ ! -e "$TMP/none.pdf" ] && good || bad "$title: $(cat "$TMP/said")"
}
echo wrong >"$TMP/wrong"
openssl pkcs12 -export -inkey "$TMP/key" -in "$TMP/old" -out "$TMP/old.p12" -passout pass:open-sesame 2>/dev/null
qpdf --object-streams=generate "$TMP/paper.pdf" "$TMP/streams.pdf"
refused "a wrong password" "$TMP/paper.pdf" --signer "pkcs12:$TMP/seal.p12" --signer-password "$TMP/wrong"
refused "no password" "$TMP/paper.pdf" --signer "pkcs12:$TMP/seal.p12"
refused "a password file that is not there" "$TMP/paper.pdf" --signer "pkcs12:$TMP/seal.p12" --signer-password "$TMP/nothing"
refused "no certificate" "$TMP/paper.pdf" --signer "pkcs12:$TMP/cert" --signer-password "$TMP/password"
refused "an expired certificate" "$TMP/paper.pdf" --signer "pkcs12:$TMP/old.p12" --signer-password "$TMP/password"
grep -q "not valid now" "$TMP/said" && good || bad "an expired certificate: $(cat "$TMP/said")"
# one that ends between the opening of the house and the signing of a paper
openssl req -new -key "$TMP/key" -subj /CN=short -out "$TMP/short.csr" 2>/dev/null
openssl ca -config "$TMP/ca" -batch -selfsign -keyfile "$TMP/key" -in "$TMP/short.csr" -out "$TMP/short" -startdate 20200101000000Z \
    -enddate "$(date -u -d '+6 seconds' +%Y%m%d%H%M%SZ)" 2>/dev/null
openssl pkcs12 -export -inkey "$TMP/key" -in "$TMP/short" -out "$TMP/short.p12" -passout pass:open-sesame 2>/dev/null
mkfifo "$TMP/later"
(sleep 8; cat "$TMP/paper.pdf" >"$TMP/later") &
refused "a certificate that ends meanwhile" "$TMP/later" --signer "pkcs12:$TMP/short.p12" --signer-password "$TMP/password"
grep -q "later: its certificate is not valid now" "$TMP/said" && good || bad "a certificate that ends meanwhile: $(cat "$TMP/said")"
refused "another kind" "$TMP/paper.pdf" --signer "stamp:$TMP/seal.p12"
# shellcheck disable=SC2086
refused "no PDF" "$TMP/cert" $who
# shellcheck disable=SC2086
refused "a PDF without a classic table" "$TMP/streams.pdf" $who
# shellcheck disable=SC2086
refused "no file" "$TMP/nothing" $who
# shellcheck disable=SC2086
sign "$TMP/paper.pdf" --to "$TMP/signed.pdf" $who; [ $? = 1 ] && good || bad "a file that is there is not written over"
sign "$TMP/paper.pdf" --signer x; [ $? = 2 ] && good || bad "without --to it is wrong use"
grep -q "$(cat "$TMP/password")" "$TMP/signed.pdf" && bad "the password stands in the file" || good
finish
