#!/usr/bin/env python3
"""reopen.py BOOK CSV OUT: reads an exported workbook with openpyxl, holds it against the CSV of the same rows, and saves it again
as OUT.  Ends with "N passed, N failed"."""
import csv
import datetime
import sys

import openpyxl

COUNTS = {"passed": 0, "failed": 0}


def check(good, what):
    COUNTS["passed" if good else "failed"] += 1
    if not good:
        print("FAILED reopen:", what)


def same(value, text):
    """Does the cell say what the CSV does?"""
    if text[:1] == "'" and text[1:2] in "=+-@\t\n＝＋－＠":
        text = text[1:]
    if value is None:
        return text in ("", "0", "0.00")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() == text
    if isinstance(value, (int, float)):
        return float(text) == value
    return openpyxl.utils.escape.unescape(value).replace("\r\n", "\n") == text.replace("\r\n", "\n")


def main():
    book = openpyxl.load_workbook(sys.argv[1])
    sheet = book.active
    with open(sys.argv[2], encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    start = next(i for i, row in enumerate(table) if len(row) > 5)
    rows = list(sheet.iter_rows())
    top = next(i for i, row in enumerate(rows) if sum(c.value is not None for c in row) > 5)
    check([c.value for c in rows[top]][:len(table[start])] == table[start], "the names of the columns")
    check(len(rows) - top == len(table) - start, f"{len(rows) - top - 1} rows, not {len(table) - start - 1}")
    check(not any(c.data_type == "f" for row in rows for c in row), "no cell is a formula")
    kinds = set()
    for row, texts in zip(rows[top + 1:], table[start + 1:]):
        wrong = [f"{c.coordinate}: {c.value!r}, not {t!r}" for c, t in zip(row, texts) if not same(c.value, t)]
        check(not wrong, wrong[:3])
        kinds |= {type(c.value) for c in row}
    check({str, int, datetime.datetime} <= kinds, f"texts, numbers and days: {kinds}")
    book.save(sys.argv[3])
    print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed")
    return COUNTS["failed"] != 0


sys.exit(main())
