#!/usr/bin/env python3
"""provinces.py FOLDER: seven more ledgers, of offices in other provinces: tables beside and below one another, a table lying on its
side, traditional and English heads, months in merged blocks, numbers in scientific notation, years of two digits, a book with prefixed
names as another program writes it.  What must come of each: expected.json, as make.py has it.  No person in them is real."""
import json
import os
import sys
import zipfile

import openpyxl
from openpyxl.styles import Alignment

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from book import citizen  # noqa: E402

FOLDER = sys.argv[1]
os.makedirs(FOLDER, exist_ok=True)
EXPECTED = {}


def expect(name, good, wrong, same, skipped, **checks):
    EXPECTED[name] = {"good": good, "wrong": wrong, "same": same, "skipped": skipped, **checks}


def path(name):
    return os.path.join(FOLDER, name)


def saved(name, rows, merges=(), title="Sheet1"):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = title
    for row in rows:
        ws.append(list(row))
    for merge in merges:
        ws.merge_cells(merge)
    ws["A1"].alignment = Alignment(horizontal="center")
    wb.save(path(name))


def two_tables():
    """Settled cases above, refused ones below under a head of their own with another order of columns."""
    rows = [["二〇二五年劳动争议调解台账"], ["一、调解成功案件"], ["编号", "收案时间", "申请人", "被申请人", "案由", "调处结果", "结案时间", "履行金额（元）"]]
    rows += [[i + 1, f"25.3.{7 + i}", f"双甲{c}", "常熟市甲服饰有限公司", "欠薪", "调解成功", f"25.3.{17 + i}", f"{3 + i} 200"] for i, c in enumerate("一二三")]
    rows += [[], ["二、不予受理案件"], ["编号", "收案时间", "申请人", "被申请人", "不予受理理由", "案由"]]
    rows += [[i + 1, f"25.4.{7 + i}", f"双乙{c}", "常熟市乙针织厂", "不属于受理范围", "欠薪"] for i, c in enumerate("一二")]
    saved("a-two-tables.xlsx", rows, ["A1:H1", "A2:H2", "A8:H8"])
    expect("a-two-tables.xlsx", 3, {10: "第 9 行另有表头", 11: "第 9 行另有表头"}, {}, 2, head=3)


def on_its_side():
    """Each case a column: refused with a word, never guessed."""
    rows = [["登记号", "侧〔2025〕1号", "侧〔2025〕2号"], ["登记日期", "2025-03-01", "2025-03-02"], ["申请人", "侧甲", "侧乙"],
            ["被申请人", "太仓市甲电子有限公司", "太仓市乙电子有限公司"], ["案由", "欠薪", "工伤"], ["结案方式", "调解成功", "撤回"]]
    saved("b-on-its-side.xlsx", rows)


def traditional():
    """Traditional characters, as an office with links across the strait keeps it; English beside."""
    rows = [["勞動爭議調解台賬 Ledger of Labour Dispute Mediation"],
            ["序號 No.", "登記日期 Date", "申請人 Applicant", "身份證號 ID No.", "聯繫電話 Tel", "被申請人 Respondent", "爭議類別 Cause", "調解結果 Result", "結案日期 Closed", "協議金額 Amount (RMB)"]]
    rows += [[i + 1, f"2025/5/{i + 6}", f"繁{c}", citizen("350203", f"1980030{i + 1}", f"0{10 + i}"), f"1386 0001 23{i}", "廈門市甲貿易有限公司", "勞動報酬", r, f"2025/5/{i + 16}" if r else None, a]
             for i, (c, r, a) in enumerate([("一", "調解成功", 5000), ("二", "調解不成", None), ("三", None, None)])]
    saved("c-traditional.xlsx", rows, ["A1:J1"])
    expect("c-traditional.xlsx", 3, {}, {}, 0, head=2)


def month_blocks():
    """The month stands once, merged down its cases; the day column says only the day."""
    rows = [["2025年度台账"], ["月份", "日", "申请人", "用人单位", "争议类型", "处理结果", "结案日期"]]
    rows += [["三月" if i == 0 else None, f"{7 + i}日", f"月甲{c}", "诸暨市甲袜业有限公司", "工资", "达成协议", f"2025年3月{20 + i}日"] for i, c in enumerate("一二")]
    rows += [["三月小计", "2件"], ["四月", "1日", "月乙一", "诸暨市乙袜业有限公司", "工资", "达成协议", "二〇二五年四月十日"]]
    saved("d-month-blocks.xlsx", rows, ["A1:G1", "A3:A4"])
    expect("d-month-blocks.xlsx", 3, {}, {}, 1, head=2, odd={3: "2025 年登记"})


def scientific():
    """Numbers that a spreadsheet shortened, others that blanks and quotes saved; years of two digits; 15-digit identity numbers."""
    good = citizen("330681", "19790102", "031")
    rows = [["案号", "登记日期", "申请人", "身份证号码", "联系方式", "被申请人", "案由", "结果", "结案日期"],
            ["科1", "25.3.7", "科甲", "3.30681E+17", "13967500001", "诸暨市丙五金厂", "欠薪", "成功", "25.3.17"],
            ["科2", "25-03-08", "科乙", f" {good[:6]} {good[6:14]} {good[14:]} ", "1.39675E+10", "诸暨市丙五金厂", "欠薪", "成功", "25-03-18"],
            ["科3", "二〇二五年三月九日", "科丙", "'" + good, "0575-87001234转801", "诸暨市丙五金厂", "欠薪", "成功", "二〇二五年三月十九日"],
            ["科4", "二○二五年三月", "科丁", "330681790102123", "13967500004", "诸暨市丙五金厂", "欠薪", "成功", "2025年3月"],
            ["科5", "2025.03.31.", "科戊", "330681790102123", "13967500005", "诸暨市丙五金厂", "欠薪", "成功", "2025.04.01."]]
    saved("e-scientific.xlsx", rows)
    expect("e-scientific.xlsx", 2, {2: "末几位已经丢失", 3: "电话号码", 5: "日期无法识别"}, {}, 0, head=1)


def prefixed():
    """As another program writes it: names with a prefix, absolute targets, words in runs with readings, inline strings, no dimension."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = ["登记号", "登记日期", "申请人", "被申请人", "案由", "结案方式", "结案日期"]
    cells = [["前1", "2025-06-01", "前甲", "义乌市甲饰品有限公司", "欠薪", "协议", "2025-06-05"], ["前2", "2025-06-02", "前乙", "义乌市甲饰品有限公司", "欠薪", "协议", "2025-06-06"]]
    strings = "".join(f"<x:si><x:r><x:t>{h[:1]}</x:t></x:r><x:r><x:t>{h[1:]}</x:t></x:r><x:rPh sb='0' eb='1'><x:t>ヨミ</x:t></x:rPh></x:si>" for h in head)
    sheet = "<x:row>" + "".join(f"<x:c t='s'><x:v>{i}</x:v></x:c>" for i in range(len(head))) + "</x:row>"
    for row in cells:
        sheet += "<x:row>" + "".join(f"<x:c t='inlineStr'><x:is><x:t xml:space='preserve'> {v}</x:t></x:is></x:c>" for v in row) + "</x:row>"
    with zipfile.ZipFile(path("f-prefixed.xlsx"), "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>")
        z.writestr("_rels/.rels", f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='{rel}/officeDocument' Target='/xl/workbook.xml'/></Relationships>")
        z.writestr("xl/workbook.xml", f"<x:workbook xmlns:x='{main}' xmlns:r='{rel}'><x:sheets><x:sheet name='台账' sheetId='7' r:id='rs'/></x:sheets></x:workbook>")
        z.writestr("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rs' Type='{rel}/worksheet' Target='/xl/worksheets/sheet7.xml'/><Relationship Id='rt' Type='{rel}/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>")
        z.writestr("xl/sharedStrings.xml", f"<x:sst xmlns:x='{main}'>{strings}</x:sst>")
        z.writestr("xl/worksheets/sheet7.xml", f"<x:worksheet xmlns:x='{main}'><x:sheetData>{sheet}</x:sheetData></x:worksheet>")
    expect("f-prefixed.xlsx", 2, {}, {}, 0, head=1)


def beside():
    """A small table of sums beside the ledger, without a head that means anything of ours; sums in the middle; a pipe between cells."""
    text = ["立案日期|申请人|单位|事由|结果|办结日期||统计|件数", "2025.7.1|旁甲|嵊州市甲领带厂|工资|和解|2025.7.9||一季度|3", "本页小计||1家||||||",
            "2025.7.2|旁乙|嵊州市甲领带厂|工资|不成|2025.7.10||二季度|4", "|||||||合计|7"]
    with open(path("g-beside.txt"), "wb") as f:
        f.write("\r\n".join(text).encode("gb18030"))
    expect("g-beside.txt", 2, {}, {}, 2, head=1)


for make in (two_tables, on_its_side, traditional, month_blocks, scientific, prefixed, beside):
    make()
with open(path("expected.json"), "w", encoding="utf-8") as f:
    json.dump(EXPECTED, f, ensure_ascii=False)
