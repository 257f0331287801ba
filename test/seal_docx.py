#!/usr/bin/env python3
"""seal_docx.py TIAOJIE FONTS FOLDER: a document with a seal and a drawn signature, by the worker; both stand in the DOCX.
A path that is no picture stands for nothing.  Ends with "N passed, N failed"."""
import re
import struct
import subprocess
import sys
import zipfile
import zlib

program, fonts, folder = sys.argv[1:4]
COUNTS = {True: 0, False: 0}


def check(good, what):
    COUNTS[bool(good)] += 1
    if not good:
        print("FAILED seal_docx.py:", what)


def png(width, height, shade):
    raw = (b"\0" + bytes(shade) * width) * height
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def make(seal, drawn, lines=None):
    lines = lines or [f"I seal\t{seal}", "T 协议书", "P 一、支付。", "R 某中心", "R 2026年5月8日", "Z ", f"J {drawn}\t45", f"J {drawn}\t45", "P 完"]
    text = "\n".join(lines).encode() + b"\n"
    out = subprocess.run([program, "paper-worker", "--fonts", fonts], input=str(len(text)).encode().ljust(128) + text, capture_output=True,
                         check=True).stdout
    pdf, docx = map(int, out[:128].split()[:2])
    open(f"{folder}/sealed.pdf", "wb").write(out[128:128 + pdf])
    path = f"{folder}/sealed.docx"
    open(path, "wb").write(out[128 + pdf:128 + pdf + docx])
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


seal, drawn = png(200, 200, (200, 0, 0)), png(300, 100, (0, 0, 120))
open(f"{folder}/seal.png", "wb").write(seal)
open(f"{folder}/drawn.png", "wb").write(drawn)
open(f"{folder}/none.png", "wb").write(b"no picture at all, but long enough to be one")
files = make(f"{folder}/seal.png", f"{folder}/drawn.png")
body = files["word/document.xml"].decode()
check(files.get("word/media/picture1.png") == seal, "the seal's bytes")
check(files.get("word/media/picture2.png") == drawn, "the signature's bytes, once")
check(len([name for name in files if name.startswith("word/media/picture")]) == 2, "each picture once")
check(body.count("<wp:anchor") == 1 and body.count("<wp:inline") == 2, "one over the text, two in it")
check('cx="1512000" cy="1512000"' in body, "the seal is 42 mm across")
check('cx="1620000" cy="540000"' in body, "the signature is 45 mm by 15")
check(files["word/_rels/document.xml.rels"].decode().count('Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"') == 2,
      "both are related")
files = make("", f"{folder}/none.png")
check("<wp:" not in files["word/document.xml"].decode() and not any(name.startswith("word/media") for name in files), "no picture is nothing")


# ---- names drawn in the signature block: each below its own column, above the next line ----
def rows_of(word):
    """Where a word stands in the PDF: left and top, in points."""
    page = subprocess.run(["pdftotext", "-bbox", f"{folder}/sealed.pdf", "-"], capture_output=True, text=True, check=True).stdout
    for at in re.finditer(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', page):
        if at.group(3).startswith(word):
            return float(at.group(1)), float(at.group(2))
    return None


def inked():
    """The boxes of the two names on the page, in points: left and right half."""
    subprocess.run(["pdftoppm", "-r", "36", "-singlefile", f"{folder}/sealed.pdf", f"{folder}/sealed"], check=True)
    data = open(f"{folder}/sealed.ppm", "rb").read()
    _, width, height, _, pixels = re.match(rb"(P6)\n(\d+) (\d+)\n(\d+)\n(.*)", data, re.S).groups()
    width, height, boxes = int(width), int(height), []
    for half in (range(0, width // 2), range(width // 2, width)):
        seen = [(x, y) for y in range(height) for x in half if pixels[3 * (y * width + x)] < 60 and pixels[3 * (y * width + x) + 2] > 100]
        boxes.append((2 * min(x for x, _ in seen), 2 * min(y for _, y in seen), 2 * max(y for _, y in seen)) if seen else None)
    return boxes


drawn = f"{folder}/drawn.png"
files = make("", "", ["I style\tdeed", "T 协议书", "G ", "S 申请人（签名）：\t被申请人（签名）：", f"D {drawn}\t{drawn}\t42", "S 调解员（签名）：\t某中心（印章）", f"D {drawn}\t\t42", "E ", "P 签署记录"])
body = files["word/document.xml"].decode()
order = [body.index("被申请人（签名）"), body.index("<wp:inline"), body.index("调解员（签名）"), body.rindex("<wp:inline"), body.index("签署记录")]
check(order == sorted(order), "drawn names stand in the block of the DOCX")
check(body.count("<wp:inline") == 3, "three of them")
left, right = inked()
block, below, record = rows_of("申请人（签名"), rows_of("调解员"), rows_of("签署记录")
check(left and right and block and below and record, "all of it is on the page")
if left and right and block and below and record:
    check(block[1] < left[1] and block[1] < right[1] < right[2] < below[1] + 2, f"the party's name is in its block: {block} {right} {below}")
    check(below[1] < left[2] < record[1] + 2, f"the mediator's name in his: {below} {left} {record}")
    check(abs(left[1] - right[1]) <= 2, "side by side")
print(f"{COUNTS[True]} passed, {COUNTS[False]} failed")
sys.exit(COUNTS[False] != 0)
