#!/usr/bin/env python3
"""grid_test.py GRID_DUMP: tables of every kind through the reader, and what it must refuse.  Ends with "N passed, N failed"."""
import os
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ledgers"))
from book import Book, Formula, Number, day  # noqa: E402

DUMP = sys.argv[1]
FOLDER = tempfile.mkdtemp()
COUNTS = {"passed": 0, "failed": 0}


def dump(data, name="t.xlsx"):
    path = os.path.join(FOLDER, name)
    if isinstance(data, Book):
        data.save(path)
    else:
        with open(path, "wb") as file:
            file.write(data)
    ran = subprocess.run([DUMP, path], capture_output=True, text=True, timeout=60)
    return ran.stdout.splitlines() if ran.returncode in (0, 1) else ["crashed " + ran.stderr]


def check(got, want, what):
    good = all(line in got for line in want)
    COUNTS["passed" if good else "failed"] += 1
    if not good:
        print("FAILED grid_test:", what, "\n  got ", [g[:80] for g in got[:12]], "\n  want", [w[:80] for w in want])


def one(*rows, **how):
    merges = how.pop("merges", ())
    book = Book(**how)
    book.sheet("台账", rows, merges)
    return book


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    path = os.path.join(FOLDER, "parts.zip")
    with zipfile.ZipFile(path, "w", method) as book:
        for name, text in parts:
            book.writestr(name, text)
    with open(path, "rb") as file:
        return file.read()


def replaced(book, name, change):
    return zipped([(n, change(t) if n == name else t) for n, t in book.parts()])


def workbooks():
    row = ["张三", 1200.5, day("2026-05-01"), day("2026-05-02", 2), Number(1200, 3), True, Formula("A1", "7"), "重|chóng"]
    want = ["sheet 台账", "1:1 t 张三", "1:2 n 1200.5", "1:3 d 2026-05-01", "1:4 d 2026-05-02", "1:5 n 1200", "1:6 t 是", "1:7 f 7"]
    check(dump(one(row)), want + ["1:8 t 重"], "shared strings, dates, a formula, a reading left out")
    check(dump(one(row[:-1], shared=False)), want, "inline strings")
    check(dump(one(row[:-1], prefix="x:")), want, "another prefix")
    check(dump(one([Number(44681, 1)], date1904=True)), ["1:1 d 2026-05-01"], "days counted from 1904")
    check(dump(one(["a\nb"])), ["1:1 t a|b"], "a cell with a line break")
    check(dump(one([], ["x"], [], ["y"])), ["2:1 t x", "4:1 t y"], "empty rows keep their numbers")
    merged = dump(one(["甲公司", "张三"], ["", "李四"], ["", "王五"], ["乙公司", "赵六"], merges=["A1:A3"]))
    check(merged, ["1:1 t 甲公司", "2:1 t 甲公司", "3:1 t 甲公司", "4:1 t 乙公司"], "what is merged downwards is in each row")
    wide = dump(one(["标题"], ["a", "b"], merges=["A1:B1"]))
    check(wide, ["1:1 t 标题", "2:2 t b"], "a wide title")
    COUNTS["failed"] += any(line.startswith("1:2") for line in wide)
    book = one(["x"])
    book.sheet("第二张", [["y"]], (), True)
    check(dump(book), ["sheet 台账", "1:1 t x", "sheet 第二张 hidden", "1:1 t y"], "several sheets")
    book = one(["x"])
    for i in range(2, 65):
        book.sheet(f"第{i}张", [[f"厂{i}", "a"], ["", "b"]], ["A1:A2"])
    check(dump(book), ["sheet 第2张", "sheet 第64张", "1:1 t 厂64", "2:1 t 厂64", "2:2 t b"], "sixty-four sheets, merged downwards")
    check(dump(one([Number("4.5020619900307098E17")], [Number("1.3807720031E10")])),
          ["1:1 n 450206199003070980", "2:1 n 13807720031"], "long numbers are written out")
    many = [[f"第{i}行文字，各不相同，以便装满内存中的共享字符串" + "长" * 80] for i in range(60000)]
    got = dump(one(*many))
    check(got, ["1:1 t " + many[0][0], "30001:1 t " + many[30000][0], "60000:1 t " + many[-1][0]], "more shared strings than memory holds")
    check(dump(replaced(one(["x"]), "xl/_rels/workbook.xml.rels", lambda t: t.replace('Target="worksheets', 'Target="/xl/worksheets'))),
          ["1:1 t x"], "absolute targets")
    check(dump(zipped(list(one(["x"]).parts()), zipfile.ZIP_STORED)), ["1:1 t x"], "stored, not deflated")
    bare = replaced(one(["x", "y"], shared=False), "xl/worksheets/sheet1.xml",
                    lambda t: t.replace(' r="1"', "").replace(' r="A1"', "").replace(' r="B1"', ""))
    check(dump(bare), ["1:1 t x", "1:2 t y"], "rows and cells without references")
    hidden = replaced(one(["x"], ["y"], ["z"]), "xl/worksheets/sheet1.xml", lambda t: t.replace('<row r="2"', '<row hidden="1" r="2"'))
    check(dump(hidden), ["1:1 t x", "2 hidden", "2:1 t y", "3:1 t z"], "a hidden row is read, and known to be hidden")
    spread = replaced(one(["x", "a"], ["", "b"], merges=["A1:A2"]), "xl/worksheets/sheet1.xml", lambda t: t.replace('<row r="2"', '<row hidden="1" r="2"'))
    check(dump(spread), ["2 hidden", "2:1 t x", "2:2 t b"], "below a merged cell, too")
    said = replaced(one([True, True]), "xl/worksheets/sheet1.xml",
                    lambda t: t.replace("<v>1</v>", "<f>TRUE()</f><v>1</v>", 1).replace('"B1" t="b"><v>', '"B1" t="b"><f>NOT(C1)</f><v>'))
    check(dump(said), ["1:1 t 是", "1:2 f 1"], "yes as LibreOffice writes it is no formula that could be old")


def refused():
    said = lambda word: [f"refused {word}"]
    check(dump(one(["x"], macros=True)), said("macros"), "macros")
    plain = list(one(["x"]).parts())
    check(dump(zipped(plain + [("xl/vbaProject.bin", "\0")])), said("macros"), "macros under another type")
    entity = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    check(dump(replaced(one(["x"]), "xl/worksheets/sheet1.xml", lambda t: t.replace("?>\n", "?>" + entity))), said("entities"), "entities")
    check(dump(replaced(one(["x"]), "xl/sharedStrings.xml", lambda t: '<!DOCTYPE s SYSTEM "file:///etc/passwd">' + t)), said("entities"),
          "a DTD from elsewhere")
    bomb = [(n, t) if n != "xl/worksheets/sheet1.xml" else (n, t + " " * 60000000) for n, t in plain]
    check(dump(zipped(bomb)), said("bomb"), "sixty megabytes of nothing")
    check(dump(zipped(plain + [(f"x{i}", "") for i in range(10001)])), said("bomb"), "ten thousand parts")
    check(dump(zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")])), said("other_book"), "ODS")
    check(dump(zipped([("xl/workbook.bin", "x")])), said("other_book"), "XLSB")
    check(dump(zipped([("word/document.xml", "<a/>")])), said("no_table"), "a Word document")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
    check(dump(ole + "Workbook".encode("utf-16le")), said("old_xls"), "an old workbook")
    check(dump(ole + b"\0" * 4090 + "EncryptedPackage".encode("utf-16le")), said("encrypted"), "an encrypted one")
    check(dump(b"<html><table><tr><td>1</td></tr></table></html>", "t.xls"), said("other_book"), "a web page called .xls")
    check(dump(b'<?xml version="1.0"?><Workbook/>', "t.xls"), said("other_book"), "XML of 2003")
    check(dump(b"%PDF-1.7 x"), said("no_table"), "a PDF")
    check(dump(b""), said("empty"), "nothing")
    check(dump(one([])), said("empty"), "a workbook of nothing")
    check(dump(zipped(plain)[:-200]), said("unreadable"), "the end is missing")
    broken = replaced(one(["x"]), "xl/worksheets/sheet1.xml", lambda t: t.replace("</row>", ""))
    check(dump(broken), said("unreadable"), "XML that is none")
    far = replaced(one(["x"]), "xl/worksheets/sheet1.xml", lambda t: t.replace('"A1"', '"XFD1"'))
    check(dump(far), said("too_many"), "a cell in column 16384")
    near = replaced(one(["x"]), "xl/worksheets/sheet1.xml", lambda t: t.replace('"A1"', '"IW1"'))
    check(dump(near), ["refused too_many", "at 工作表“台账”第 1 行 IW 列"], "and which cell")
    low = replaced(one(["x"]), "xl/worksheets/sheet1.xml", lambda t: t.replace('r="1"', 'r="1048577"'))
    check(dump(low), said("too_many"), "a row below the last")
    check(dump(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), said("no_table"), "a picture")
    check(dump(b"\xff\xff\xff\xff\x81"), said("no_text"), "bytes of no text")


def texts():
    table = '姓名,金额,事由\r\n张三,"1,200.00","第一行\n第二行 ""引号"""\r\n'
    want = ["sheet CSV", "1:1 t 姓名", "2:1 t 张三", "2:2 t 1,200.00", '2:3 t 第一行|第二行 "引号"']
    check(dump(table.encode()), want, "UTF-8")
    check(dump(b"\xef\xbb\xbf" + table.encode()), want, "UTF-8 with its mark")
    check(dump(table.encode("gb18030")), want, "GB18030")
    check(dump(b"\xff\xfe" + table.encode("utf-16le")), want, "UTF-16")
    check(dump("姓名\t金额\r\n张三\t1,200.00\r\n".encode("gb18030")), ["2:1 t 张三", "2:2 t 1,200.00"], "tabs")
    check(dump("姓名;金额\n张三;1200\n".encode()), ["2:1 t 张三", "2:2 t 1200"], "semicolons")
    check(dump("a,b\r\rc,d".encode()), ["1:2 t b", "3:2 t d"], "old line ends, none at the end")
    long = "张" * 50000 + "," + "三" * 1000 + "\n"
    check(dump(long.encode()), ["refused too_many"], "a cell beyond measure")
    split = ("甲" * 30000 + "\n") * 3 + "乙,丙\n"
    check(dump(split.encode()), ["4:1 t 乙", "4:2 t 丙"], "characters cut by the reader's buffer")
    check(dump(split.encode("gb18030")), ["4:1 t 乙", "4:2 t 丙"], "the same in GB18030")
    check(dump((",".join("x" for _ in range(257)) + "\n").encode()), ["refused too_many", "at 第 1 行 IW 列"], "257 columns")
    check(dump('a,b\nc,"d\ne,f\n'.encode()), ["refused quotes", "at 第 2 行 B 列"], "quotes that nobody closes")
    check(dump('a,b\nc,"d\ne,"f"\n'.encode()), ["refused quotes", "at 第 2 行 B 列"], "quotes that another cell closes")
    check(dump('"甲"公司,"乙\n丙",丁\n'.encode()), ["1:1 t 甲公司", "1:2 t 乙|丙", "1:3 t 丁"], "quotes within a word, and over a line's end")


workbooks()
refused()
texts()
print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed")
sys.exit(COUNTS["failed"] != 0)
