#!/bin/sh
# Every paper of the catalogue, made from real cases, read back: the PDF by pdftotext (test/player_paper.c), the DOCX by
# LibreOffice, all in one run of it; every template with sample values; the press when a child dies.  "N passed, N failed".
# Use: test/papers.sh BUILD ADDRESS
BUILD=$1 ADDRESS=$2
. test/frame.sh

BUILD=$BUILD sh script/fonts
mkdir "$TMP/said"
TIAOJIE_SAID="$TMP/said" "$BUILD/test/run" "$ADDRESS" test/scenario/0*.scn test/scenario/8-papers*.scn \
    test/scenario/9-[1-5]*.scn >"$TMP/out" 2>&1
if grep -q ' 0 failed$' "$TMP/out"; then good; else bad scenarios; grep -A5 '^FAILED' "$TMP/out"; fi

# Which codes were made: all of data/papers.csv.
grep -ho '"code":"[A-Z0-9a-z]*"' test/scenario/8-papers-life.scn test/scenario/9-*.scn | sort -u >"$TMP/made"
for code in $(tail -n +2 data/papers.csv | grep -oE '^(D[0-9]+[a-z]?|SR|EN),' | tr -d ,); do
    if grep -q "\"$code\"" "$TMP/made"; then good; else bad "no scenario makes $code"; fi
done

# DOCX as LibreOffice reads it.
if command -v soffice >/dev/null; then
    (cd "$TMP/said" && soffice -env:UserInstallation="file://$TMP/office" --headless --convert-to txt:Text ./*.docx >/dev/null 2>&1)
    python3 - "$TMP/said" >"$TMP/office.out" <<'PY'
import html, os, re, sys
folder = sys.argv[1]
blank = re.compile(r"[\s\u2028\ufeff]+")
good = 0
for line in open(os.path.join(folder, "list"), encoding="utf-8"):
    name, said = line.rstrip("\n").split("\t", 1)
    if not name.endswith(".docx"):
        continue
    path = os.path.join(folder, name[:-5] + ".txt")
    text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
    if blank.sub("", html.unescape(said)) in blank.sub("", text):  # an own form is read as it is written: XML
        good += 1
    else:
        print("FAILED", name, "in LibreOffice does not say", said)
print("GOOD", good)
PY
    passed=$((passed + $(sed -n 's/^GOOD //p' "$TMP/office.out")))
    failed=$((failed + $(grep -c '^FAILED' "$TMP/office.out")))
    grep '^FAILED' "$TMP/office.out"
fi

# Every template with sample values; twice the same bytes; fonts inside; no missing character.
for file in data/papers/*.txt; do
    code=$(basename "$file" .txt)
    for variant in "" $(sed -n 's/^variant \([^|]*\)|.*/\1/p' "$file"); do
        "$BUILD/tiaojie" paper "$code" --sample --variant "$variant" --pdf "$TMP/a.pdf" --docx "$TMP/a.docx" || { bad "$code $variant"; continue; }
        "$BUILD/tiaojie" paper "$code" --sample --variant "$variant" --pdf "$TMP/b.pdf" --docx "$TMP/b.docx"
        if cmp -s "$TMP/a.pdf" "$TMP/b.pdf" && cmp -s "$TMP/a.docx" "$TMP/b.docx"; then good; else bad "$code $variant: other bytes the second time"; fi
    done
done
# Seal and signatures stand in the DOCX, too.
said=$(python3 test/seal_docx.py "$BUILD/tiaojie" "$BUILD/fonts" "$TMP")
echo "$said" | grep FAILED
passed=$((passed + $(echo "$said" | sed -n 's/ passed.*//p'))) failed=$((failed + $(echo "$said" | sed -n 's/.* passed, \([0-9]*\) failed/\1/p')))
# A letter in Word: red rule, page numbers outside on the right and on the left.
"$BUILD/tiaojie" paper D30 --sample --docx "$TMP/letter.docx"
# Of GB/T 9704 in twentieths of a point: the type area's edges, the mark 35 mm below them and two lines above the number, two lines
# from the rule to the title, one below it, 28.9 points from line to line.
for part in 'document.xml:w:top="2097" w:right="1473" w:bottom="1984" w:left="1587"' 'document.xml:w:before="1984" w:after="1156"' \
    'document.xml:w:space="5" w:color="DC0000"/></w:pBdr><w:spacing w:before="0" w:after="1156" w:line="578"' \
    'document.xml:<w:spacing w:before="0" w:after="578" w:line="616" w:lineRule="exact"/>' \
    'settings.xml:<w:evenAndOddHeaders/>' 'footer1.xml:<w:jc w:val="right"/>' 'footer2.xml:<w:jc w:val="left"/>'; do
    if unzip -p "$TMP/letter.docx" "word/${part%%:*}" | grep -qF "${part#*:}"; then good; else bad "a letter lacks $part"; fi
done
# An agreement of three pages is small enough to be sent to a telephone.
"$BUILD/tiaojie" paper D14 --sample --pdf "$TMP/a.pdf"
size=$(wc -c <"$TMP/a.pdf")
if [ "$(pdfinfo "$TMP/a.pdf" | awk '/^Pages/ { print $2 }')" = 3 ] && [ "$size" -le 81920 ]; then good; else bad "D14: $size bytes"; fi
if pdffonts "$TMP/a.pdf" | tail -n +3 | grep -qv 'yes yes yes'; then bad "a font is not embedded"; else good; fi
# A customer's own fonts are taken for what they are called, and without them ours.
mkdir "$TMP/own"
python3 test/own_font.py "$BUILD/fonts/song.otf" "$TMP/own/text.otf" FangSong_GB2312
"$BUILD/tiaojie" paper D30 --sample --own-fonts "$TMP/own" --pdf "$TMP/own.pdf"
"$BUILD/tiaojie" paper D30 --sample --pdf "$TMP/ours.pdf"
if pdffonts "$TMP/own.pdf" | grep -q '+FangSong_GB2312 .* yes yes yes'; then good; else bad "the customer's own font is not in the paper"; fi
if pdffonts "$TMP/ours.pdf" | grep -q FangSong; then bad "a font that nobody gave"; else good; fi
finish
