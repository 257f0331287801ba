#!/usr/bin/env python3
"""ledger_check.py FIRST-MONTH FILE...: holds the rows of consecutive months, as `tiaojie export ledger` writes them,
against the month's balance (domain 5.5), and each file against its columns.  Ends with "N passed, N failed"."""
import csv
import os
import re
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "ledger_columns.csv")
ENDINGS = {"协议": "N", "和解": "O", "即时履行": "P", "不成": "Q", "撤回": "R"}
COUNTS = {"passed": 0, "failed": 0}


def check(good, what):
    COUNTS["passed" if good else "failed"] += 1
    if not good:
        print("FAILED ledger_check:", what)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with open(DATA, encoding="utf-8", newline="") as file:
        names = [row["label_zh"] for row in csv.DictReader(file)]
    check(len(names) == 43 and rows[0] == names, f"{path}: 43 columns, by name and in order")
    check(all(len(row) == 43 for row in rows), f"{path}: every row has 43 cells")
    return [dict(zip(names, row)) for row in rows[1:]]


def look(path, rows):
    for row in rows:
        said = f"{path}, {row['登记号']}"
        number, phone = row["证件号（脱敏）"], row["联系电话（脱敏）"]
        check(not number or re.fullmatch(r"\w{6}\*{4,}\w{4}|\*+", number), f"{said}: the identity number is masked")
        check(not phone or re.fullmatch(r"\d{3}\*{4,}\d{4}|\*+", phone), f"{said}: the telephone is masked")
        check(not any(cell[:1] in "=+-@\t\r\n＝＋－＠" for cell in row.values() if cell), f"{said}: no cell begins a formula")
        check(row["结案方式（协议/和解/即时履行/不成/撤回/不予受理/移送）"] == "" or row["结案日期"], f"{said}: an outcome has its day")
        check(row["延期至"] == "" or row["延期至"] > row["调解期限届满日"], f"{said}: extended to later than the end")


def month_after(month):
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def balance(month, rows, before):
    """The report's figures of one month, from all rows registered so far."""
    end = month_after(month)
    outcome = "结案方式（协议/和解/即时履行/不成/撤回/不予受理/移送）"
    inside = lambda day: month <= day[:7] < end and day != ""
    accepted = [r for r in rows if r["受理日期"]]
    done = [r for r in accepted if inside(r["结案日期"])]
    n = {
        "B": sum(inside(r["登记日期"]) for r in rows),
        "C": sum(inside(r["受理日期"]) for r in accepted),
        "D": sum(inside(r["结案日期"]) for r in rows if r[outcome] == "不予受理" and not r["受理日期"]),
        "E": sum(inside(r["结案日期"]) for r in rows if r[outcome] == "移送" and not r["受理日期"]),
        "away": sum(inside(r["结案日期"]) for r in rows if r[outcome] in ("撤回", "和解") and not r["受理日期"]),
        "M": len(done),
        "AE": sum(r["受理日期"][:7] <= month and not ("" < r["结案日期"][:7] <= month) for r in accepted),
        "undecided": sum(r["登记日期"][:7] <= month and not ("" < (r["受理日期"] or r["结案日期"])[:7] <= month) for r in rows),
    }
    for letter in "NOPQR":
        n[letter] = sum(ENDINGS.get(r[outcome]) == letter for r in done)
    n["A"] = before["AE"] if before else sum(
        r["受理日期"][:7] < month and not ("" < r["结案日期"][:7] < month) for r in accepted)
    check(n["A"] + n["C"] == n["M"] + n["AE"], f"{month}: A + C = M + AE: {n}")
    check(n["N"] + n["O"] + n["P"] + n["Q"] + n["R"] == n["M"], f"{month}: N + O + P + Q + R = M: {n}")
    start = before["undecided"] if before else 0
    check(start + n["B"] == n["C"] + n["D"] + n["E"] + n["away"] + n["undecided"], f"{month}: registered = decided + open: {n}")
    return n


def main():
    month, files = sys.argv[1], sys.argv[2:]
    rows, before, sums = [], None, {"C": 0, "M": 0}
    for path in files:
        new = read(path)
        look(path, new)
        check(all(r["登记日期"][:7] == month for r in new), f"{path}: registered in {month}")
        rows += new
        month = month_after(month)
    month = sys.argv[1]
    for path in files:
        before = balance(month, rows, before)
        sums = {k: sums[k] + before[k] for k in sums}
        month = month_after(month)
    check(sums["C"] > 0 and sums["M"] > 0, "something was accepted, and something ended")
    check(sums["C"] == sums["M"] + before["AE"], "over all months: accepted = ended + open")
    print(f"{COUNTS['passed']} passed, {COUNTS['failed']} failed")
    return COUNTS["failed"] != 0


sys.exit(main())
