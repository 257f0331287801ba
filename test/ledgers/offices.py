#!/usr/bin/env python3
"""offices.py FOLDER: twelve more ledgers, as offices make them with Excel, WPS and LibreOffice (openpyxl writes them, and soffice),
what must come of each (expected.json, as make.py has it), and files that must be refused with a sentence (refused.json).
No person in them is real."""
import datetime
import json
import os
import shutil
import subprocess
import sys
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from book import citizen  # noqa: E402

FOLDER = sys.argv[1]
os.makedirs(FOLDER, exist_ok=True)
EXPECTED, REFUSED = {}, {}
DAY = datetime.date


def expect(name, good, wrong, same, skipped, **checks):
    EXPECTED[name] = {"good": good, "wrong": wrong, "same": same, "skipped": skipped, **checks}


def made(rows, title="台账", merges=()):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = title
    for row in rows:
        ws.append(list(row))
    for merge in merges:
        ws.merge_cells(merge)
    return wb, ws


def path(name):
    return os.path.join(FOLDER, name)


def bureau():
    """Three lines of titles, a head of two, firms merged over workers, sums after each month, a hidden row, column and sheet, comments."""
    rows = [["附件3"], ["2023年度劳动人事争议调解工作台账"], ["填报单位（盖章）：柳江区中心", None, None, None, None, None, "填报日期：2024年1月5日"],
            ["序号", "立案\n日期", "当事人情况", None, None, "案由", "标的额", "办理情况", None, "备注"],
            [None, None, "申请人", "联系电话", "用人单位", None, "（元）", "结案时间", "处理结果", None]]
    for i in range(4):
        rows.append([i + 1, datetime.datetime(2023, 1, 3 + i, 9, 30), f"韦甲{'一二三四'[i]}", 13807720100 + i, "柳州市甲机械有限公司" if i == 0 else None,
                     "追索劳动报酬", 1200.5 + i, DAY(2023, 1, 10 + i), "调解成功", True if i == 3 else None])
    rows.append(["1月小计", "4件", None, None, None, None, "=SUM(G6:G9)"])
    for i in range(2):
        rows.append([i + 5, DAY(2023, 2, 3 + i), f"韦乙{'一二'[i]}", "13807720200", "柳州市乙商行", "工伤待遇", 3000, None, None, "在办"])
    rows += [["2月份合计", None, "2件", None, None, None, 6000], [None, "共6件", None, None, None, None, 10808],
             [None, "经办人：张三", None, "审核人：李四", "2024年1月5日"]]
    wb, ws = made(rows, "2023年", ["A1:J1", "A2:J2", "A3:F3", "A4:A5", "B4:B5", "C4:E4", "F4:F5", "H4:I4", "J4:J5", "E6:E9"])
    ws.row_dimensions[8].hidden = True
    ws.column_dimensions["J"].hidden = True
    ws["A4"].font, ws["A4"].fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")
    ws["C6"].comment = Comment("电话已核实", "周文")
    ws.freeze_panes, ws.auto_filter.ref = "A6", "A5:J12"
    ws.sheet_properties.filterMode = True
    hidden = wb.create_sheet("旧数据")
    hidden.append(["登记日期", "申请人", "用人单位"])
    hidden.append([DAY(2001, 1, 1), "不应导入", "某公司"])
    hidden.sheet_state = "veryHidden"
    wb.save(path("a-bureau.xlsx"))
    expect("a-bureau.xlsx", 6, {}, {}, 4, head=4, sheet="2023年", odd={8: "隐藏"})


def days():
    """Days in every way, in a workbook that counts from 1904; bare day numbers among them."""
    written = ["2024.3.5", "20240305", 20240305, "24年3月5日", "２０２４．３．５", "2024年3月5日 上午", "2024-03-05 14:30:00", "2024/3/5（周二）",
               "二〇二四年三月五日", "3/5/2024", "2024 3 5", DAY(2024, 3, 5), datetime.datetime(2024, 3, 5, 23, 59), 45356 - 1462, "2024年3月",
               "3月5日", "2024-2-30", "待定", datetime.time(9, 30)]
    rows = [["登记日期", "申请人", "被申请人", "案由"]] + [[d, f"日{i}号", "柳州甲公司", "工资"] for i, d in enumerate(written)]
    rows = [r if i == 0 else [r[0], "日" + "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申"[i - 1], *r[2:]] for i, r in enumerate(rows)]
    wb = openpyxl.Workbook()
    wb.epoch = CALENDAR_MAC_1904
    ws = wb.active
    for row in rows:
        ws.append(row)
    wb.save(path("b-days.xlsx"))
    expect("b-days.xlsx", 14, {str(n): "日期无法识别" for n in range(16, 21)}, {}, 0, head=1, registered=14 * "2024-03-05 ")


def sums():
    """Sums in 万元 by the title alone; one column says 元; words, capitals, and what is not clear."""
    rows = [["劳动争议调解台账（单位：万元）"], ["登记日期", "申请人", "被申请人", "案由", "标的额", "协议金额（元）", "调解结果", "结案日期"]]
    for i, s in enumerate([1.2, "1.2", "1.2万", "12,000元", "壹万贰仟元整", "¥12，000.00元", "1万2千", "一万二千元"]):
        rows.append([DAY(2022, 5, 1 + i), f"金{'甲乙丙丁戊己庚辛'[i]}", "柳州甲公司", "工资", s, "9,000.00", "成功", DAY(2022, 6, 1)])
    for i, s in enumerate(["2万3", "三千五", "约3000-5000", "1200+300", "#######"]):
        rows.append([DAY(2022, 7, 1 + i), f"银{'甲乙丙丁戊'[i]}", "柳州甲公司", "工资", s, None, None, None])
    wb, _ = made(rows, "台账", ["A1:H1"])
    wb.save(path("c-sums.xlsx"))
    expect("c-sums.xlsx", 8, {str(n): "金额无法识别" for n in range(11, 16)}, {}, 0, head=2, claims_fen=8 * 1200000)


def people():
    """Names as people write them, numbers kept as numbers, numbers among names, marks for "as above"."""
    good = citizen("450206", "19900307", "123")
    rows = [["登记号", "登记日期", "申请人", "身份证号", "手机号", "用人单位", "人数"]]
    for i, (name, number, phone, firm, n) in enumerate([
            ("张　三", good, "138 0772 0031", "柳州 甲公司", None), ("王 小 明", None, 13807720032, "柳州甲公司", None),
            ("张三、李四、王五", None, "13807720033/13807720034", "柳州甲公司", None), ("赵六等12人", None, None, "柳州甲公司", None),
            ("阿依古丽·买买提", "'" + good, "0772-7212345", "柳州甲公司", 1), ("欧阳 娜娜", good[:10] + "****" + good[14:], None, "柳州甲公司", 1),
            ("㛃龘𬀩", None, None, "𬀩记餐馆", 1),
            ("陈七", 450206199003071000, None, "柳州甲公司", 1), ("陈八", "4.50206E+17", None, "柳州甲公司", 1),
            ("陈九", None, "1.38077E+10", "柳州甲公司", 1), ("陈十" + good, None, None, "柳州甲公司", 1), ("陈一13807720035", None, None, "柳州甲公司", 1),
            ("陈二", None, None, "同上", 1), ("陈三", None, None, "〃", 1)]):
        rows.append([f"人〔2020〕{i + 1}号", DAY(2020, 1, 1 + i), name, number, phone, firm, n])
    wb, ws = made(rows)
    for cell in ws["D"]:
        cell.number_format = "0"
    wb.save(path("d-people.xlsx"))
    expect("d-people.xlsx", 7, {"9": "存成了数字", "10": "存成了数字", "11": "存成了数字", "12": "含有证件号码", "13": "含有证件号码", "14": "同上",
                                "15": "不要写"}, {}, 0, head=1, people=1 + 1 + 3 + 12 + 1 + 1 + 1)


def kinds():
    """Booleans, errors, formulas, a number that became a day, causes that nobody knows, long texts."""
    rows = [["登记号", "登记日期", "申请人", "被申请人", "案由", "是否集体", "金额", "年龄", "备注"],
            ["种〔2019〕1号", DAY(2019, 1, 1), "种甲", "柳州甲公司", "精神损害抚慰金", True, 100, "=2024-1980", "第一行\n第二行\r\n第三行"],
            [DAY(2019, 1, 1), DAY(2019, 1, 2), "种乙", "柳州甲公司", "工资", False, 100, None, None],
            ["种〔2019〕3号", DAY(2019, 1, 3), "种丙", "柳州甲公司", "#N/A", "否", 100, None, None],
            ["种〔2019〕4号", DAY(2019, 1, 4), "种丁", "柳州甲公司", "工资", "否", "=G2*2", None, None],
            ["种〔2019〕5号", "=B2", "种戊", "柳州甲公司", "工资", "否", 100, None, None],
            ["种〔2019〕6号", DAY(2019, 1, 6), "种己", "柳州甲公司", "工资", "否", 100, None, "字" * 2001],
            ["种〔2019〕1号", DAY(2019, 1, 7), "种庚", "柳州甲公司", "工资", "否", 100, None, None],
            ["种〔2019〕8号", DAY(2019, 1, 8), "种辛", "柳州甲公司", "工资", "否", 100, None, None]]
    wb, ws = made(rows)
    ws["E4"].data_type = "e"
    wb.save(path("e-kinds.xlsx"))
    expect("e-kinds.xlsx", 3, {"4": "错误值", "5": "是公式", "6": "是公式", "7": "文字太长"}, {"8": "与第2行重复"}, 0, head=1,
           odd={2: "是公式，未导入", 3: "存成了日期"})


def texts():
    """CSV: GB18030 with characters of four bytes; tabs in UTF-16; semicolons; quotes within words; a mark and old line ends."""
    head = "登记日期{0}申请人{0}用人单位{0}案由{0}金额\r\n"
    with open(path("f-gb.csv"), "wb") as file:
        file.write((head.format(",") + '2021.1.5,㛃龘𬀩,"柳州市""老王""餐馆",工资,"1,200.00"\r\n2021.1.6,"老李"之子,柳州甲公司,"工资\n加班费",300\r\n')
                   .encode("gb18030"))
    expect("f-gb.csv", 2, {}, {}, 0, head=1, claims_fen=150000)
    with open(path("g-tabs.txt"), "wb") as file:
        file.write(b"\xfe\xff" + (head.format("\t") + "2021/1/5\t韦丙一\t柳州甲公司\t工资\t1,200\r\n\r\n合计\t\t\t\t1,200\r\n").encode("utf-16-be"))
    expect("g-tabs.txt", 1, {}, {}, 1, head=1, claims_fen=120000)
    with open(path("h-mark.csv"), "wb") as file:
        file.write(b"\xef\xbb\xbf" + ("sep=;\r" + head.format(";").replace("\r\n", "\r") + "2021-1-5;韦丁一;柳州甲公司;工资;1.200\r").encode())
    expect("h-mark.csv", 1, {}, {}, 0, head=2, claims_fen=120)


def wide():
    """Styled to the last row and column with nothing in them, a dimension that claims them all, a fifth of a million empty cells."""
    wb, ws = made([["登记日期", "申请人", "用人单位"], [DAY(2018, 1, 1), "宽甲", "柳州甲公司"]])
    ws["XFD1"].fill = ws["A1048576"].fill = PatternFill("solid", fgColor="EEEEEE")
    for row in range(3, 2003):
        for column in range(1, 101):
            ws.cell(row, column).number_format = "0.00"
    wb.save(path("i-wide.xlsx"))
    expect("i-wide.xlsx", 1, {}, {}, 0, head=1)


def soffice(source, kind):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{FOLDER}/profile", "--headless", "--convert-to", kind, "--outdir", FOLDER, path(source)],
                   check=True, capture_output=True, timeout=240)


def elsewhere():
    """The bureau's and the days' ledgers once more, as LibreOffice saves them; and what it saves that must be refused."""
    shutil.copy(path("a-bureau.xlsx"), path("j-libre.xlsx"))
    shutil.copy(path("b-days.xlsx"), path("k-libre.xlsx"))
    os.makedirs(path("out"), exist_ok=True)
    for name, kind in (("j-libre.xlsx", "ods"), ("k-libre.xlsx", "ods")):
        soffice(name, kind)
    for name in ("j-libre", "k-libre"):
        soffice(name + ".ods", "xlsx")
    shutil.copy(path("k-libre.ods"), path("refused-ods.ods"))
    soffice("k-libre.ods", "xls")
    os.replace(path("k-libre.xls"), path("refused-old.xls"))
    shutil.copy(path("refused-old.xls"), path("refused-wps.et"))
    soffice("k-libre.ods", "html")
    os.replace(path("k-libre.html"), path("refused-page.xls"))
    EXPECTED["j-libre.xlsx"] = EXPECTED["a-bureau.xlsx"]
    EXPECTED["k-libre.xlsx"] = EXPECTED["b-days.xlsx"]
    for name, word in (("refused-ods.ods", ".ods"), ("refused-old.xls", "旧版 .xls"), ("refused-wps.et", "（或 .et）"), ("refused-page.xls", "网页格式")):
        REFUSED[name] = word


def refused():
    wb, _ = made([["登记日期", "申请人", "用人单位"], [DAY(2018, 1, 1), "拒甲", "柳州甲公司"]])
    wb.save(path("plain.xlsx"))
    with open(path("refused-empty.csv"), "wb"):
        pass
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000) + "EncryptedPackage".encode("utf-16le") + bytes(600)
    with open(path("refused-password.xlsx"), "wb") as file:
        file.write(ole)
    text = '登记日期,申请人,用人单位,案由\n2021-1-5,韦一,柳州甲公司,工资\n2021-1-6,韦二,"柳州乙公司,工资\n2021-1-7,韦三,柳州丙公司,工资\n'
    with open(path("refused-quote.csv"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(path("refused-quotes.csv"), "w", encoding="utf-8") as file:
        file.write(text + '2021-1-8,韦四,"柳州丁公司",工资\n')
    wb, ws = made([["x"] * 3])
    wb.create_sheet("宽表").cell(7, 300, "远处")
    wb.save(path("refused-far.xlsx"))
    with zipfile.ZipFile(path("plain.xlsx")) as a, zipfile.ZipFile(path("refused-torn.xlsx"), "w", zipfile.ZIP_DEFLATED) as b:
        for name in a.namelist():
            data = a.read(name)
            b.writestr(name, data.replace(b"</sheetData>", b"") if name.endswith("sheet1.xml") else data)
    os.remove(path("plain.xlsx"))
    with open(path("refused-notes.txt"), "w", encoding="utf-8") as file:
        file.write("今天天气很好。\n明天开会。\n")
    REFUSED.update({"refused-empty.csv": "没有数据", "refused-password.xlsx": "已加密", "refused-quote.csv": "第 3 行 C 列：双引号没有成对",
                    "refused-quotes.csv": "第 3 行 C 列：双引号没有成对", "refused-far.xlsx": "工作表“宽表”第 7 行 KN 列：超过",
                    "refused-torn.xlsx": "无法读取或者已经损坏", "refused-notes.txt": "no line names a ledger"})


for make in (bureau, days, sums, people, kinds, texts, wide, elsewhere, refused):
    make()
for name, what in (("expected.json", EXPECTED), ("refused.json", REFUSED)):
    with open(path(name), "w", encoding="utf-8") as out:
        json.dump(what, out, ensure_ascii=False, indent=1)
