#!/usr/bin/env python3
"""check.py EXPECTED NAME SAID.json STDERR ERRORS.xlsx: holds what a dry run said of a ledger against what must come of it.
Ends with "N passed, N failed"."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from book import read  # noqa: E402

COUNTS = {"passed": 0, "failed": 0}


def check(good, what):
    COUNTS["passed" if good else "failed"] += 1
    if not good:
        print("FAILED ledgers:", what)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        want = json.load(file)[sys.argv[2]]
    with open(sys.argv[3], encoding="utf-8") as file:
        text = file.read()
    with open(sys.argv[4], encoding="utf-8") as file:
        said = [re.match(r"  line (\d+)(, remark)?: (.*)", line).groups() for line in file if line.startswith("  line")]
    lines = {line: why for line, remark, why in said if not remark}
    remarks = {line: why for line, remark, why in said if remark}
    name = sys.argv[2]
    numbers = re.search(r"(\d+) rows can be imported \((\d+) with a remark\), (\d+) wrong, (\d+) duplicates, (\d+) left out", text)
    good, _, wrong, same, skipped = map(int, numbers.groups())
    check(good == want["good"], f"{name}: {good} rows, not {want['good']}")
    check(wrong == len(want["wrong"]), f"{name}: {wrong} wrong, not {len(want['wrong'])}: {lines}")
    check(same == len(want["same"]), f"{name}: {same} duplicates, not {len(want['same'])}")
    check(skipped == want["skipped"], f"{name}: {skipped} left out, not {want['skipped']}")
    for line, reason in {**want["wrong"], **want["same"]}.items():
        check(reason in lines.get(line, ""), f"{name}: line {line}: {lines.get(line)}, not {reason}")
    for line, what in want.get("odd", {}).items():
        check(what in remarks.get(line, ""), f"{name}: line {line}: remark {remarks.get(line)}, not {what}")
    head = re.search(r"sheet (\S+), names in line (\d+)", text)
    check(int(head.group(2)) == want["head"], f"{name}: names in line {head.group(2)}")
    check("sheet" not in want or head.group(1) == want["sheet"], f"{name}: sheet {head.group(1)}")
    if wrong + same:
        rows = read(sys.argv[5])
        top = next(i for i, row in enumerate(rows) if row and row[-1] == "错误原因")
        check(len(rows) - top - 1 == wrong + same, f"{name}: the workbook of refused rows has {len(rows) - top - 1}")
        check(all(row[-1] for row in rows[top + 1:]), f"{name}: each with its reason")
    print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed")
    return COUNTS["failed"] != 0


sys.exit(main())
