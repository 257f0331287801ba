#!/usr/bin/env python3
"""seal_docx.py TIAOJIE FONTS FOLDER: a document with a seal and a drawn signature, by the worker; both stand in the DOCX.
A path that is no picture stands for nothing.  Ends with "N passed, N failed"."""
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


def make(seal, drawn):
    lines = [f"I seal\t{seal}", "T 协议书", "P 一、支付。", "R 某中心", "R 2026年5月8日", "Z ", f"J {drawn}\t45", f"J {drawn}\t45", "P 完"]
    text = "\n".join(lines).encode() + b"\n"
    out = subprocess.run([program, "paper-worker", "--fonts", fonts], input=str(len(text)).encode().ljust(128) + text, capture_output=True,
                         check=True).stdout
    pdf, docx = map(int, out[:128].split()[:2])
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
print(f"{COUNTS[True]} passed, {COUNTS[False]} failed")
sys.exit(COUNTS[False] != 0)
