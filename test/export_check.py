#!/usr/bin/env python3
"""export_check.py BOOK CSV: holds an exported workbook against the CSV of the same rows, with nothing but the standard library:
its head block, real dates and sums, text where text belongs, no formula anywhere.  Ends with "N passed, N failed"."""
import csv
import datetime
import re
import sys
import xml.etree.ElementTree
import zipfile

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
COUNTS = {"passed": 0, "failed": 0}


def check(good, what):
    COUNTS["passed" if good else "failed"] += 1
    if not good:
        print("FAILED export_check:", what)


def column_of(reference):
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group(0):
        number = number * 26 + ord(letter) - 64
    return number - 1


def shown(text):
    """What a spreadsheet shows: "_x005F_" is a line below, "_x000D_" a return."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def read_book(path):
    with zipfile.ZipFile(path) as book:
        check(book.testzip() is None, "every part of the ZIP has its checksum")
        for name in book.namelist():
            xml.etree.ElementTree.fromstring(book.read(name))
        sheet = book.read("xl/worksheets/sheet1.xml")
    check(b"<f>" not in sheet and b"<f " not in sheet, "no cell is a formula")
    rows = {}
    root = xml.etree.ElementTree.fromstring(sheet)
    for row in root.find("m:sheetData", NS):
        cells = {}
        for cell in row:
            text = cell.find("m:is/m:t", NS)
            value = cell.find("m:v", NS)
            content = shown(text.text or "") if text is not None else value.text
            cells[column_of(cell.get("r"))] = (cell.get("t", "n"), cell.get("s", "0"), content)
        rows[int(row.get("r"))] = cells
    printed = root.find("m:pageSetup", NS), root.find("m:printOptions", NS)
    check(printed[0].get("paperSize") == "8" and printed[1].get("gridLines") == "1", "a wide table is printed on A3, with lines")
    header = root.find("m:headerFooter/m:oddHeader", NS)
    check(header is not None and "内部资料" in header.text, "the printed page bears the watermark")
    return rows


def main():
    book = read_book(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    top = next(n for n, cells in book.items() if len(cells) > 5)
    names = [cell[2] for _, cell in sorted(book[top].items())]
    start = next(i for i, row in enumerate(table) if len(row) > 5)
    check(names == table[start], "the same columns")
    body = table[start + 1:]
    check(len(body) == len(book) - top, f"the same number of rows: {len(body)}, {len(book) - top}")
    said = " ".join(cell[2] for n in range(1, top) for cell in book[n].values())
    check(f"共 {len(body)} 条" in said, "the head block says how many")
    check("筛选：" in said and "导出时间：" in said and "导出人：" in said, "of what, when and for whom")
    dates = texts = sums = 0
    for i, row in enumerate(body):
        cells = book[top + 1 + i]
        for j, expected in enumerate(row):
            kind, style, content = cells.get(j, ("n", "0", ""))
            if expected.startswith("'") and expected[1:2] in "=+-@\t\n＝＋－＠":
                check(style == "4" and content == expected[1:], f"{expected}: kept as text")
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", expected) and style == "1":
                dates += 1
                day = datetime.date(1899, 12, 30) + datetime.timedelta(int(content))
                check(kind == "n" and day.isoformat() == expected, f"{expected} is a real date")
            elif kind == "n" and content:
                sums += 1
                check(float(content) == float(expected), f"{expected} is a number")
            elif content or expected not in ("", "0.00", "0"):
                texts += 1
                plain = re.sub(r"\r\n?", "\n", expected)
                check(content == plain, f"row {i + 1}, {names[j]}: {content!r}, not {plain!r}")
    check(dates > 0 and texts > 0 and sums > 0, "there are dates, numbers and texts")
    print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed")
    return COUNTS["failed"] != 0


sys.exit(main())
