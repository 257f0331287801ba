#!/usr/bin/env python3
"""counties.py FOLDER: six more ledgers, of faults that the others do not have: days without a year below a title that says it, days
in three columns, years of the Republic, cases that go on, sums said twice, a line that numbers the columns, a workbook in the strict
form.  What must come of each: expected.json, as make.py has it.  No person in them is real."""
import datetime
import json
import os
import re
import sys
import zipfile

import openpyxl

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from book import citizen  # noqa: E402

FOLDER = sys.argv[1]
os.makedirs(FOLDER, exist_ok=True)
EXPECTED = {}
DAY = datetime.date
GOOD = citizen("450206", "19900307", "123")


def expect(name, good, wrong, same, skipped, **checks):
    EXPECTED[name] = {"good": good, "wrong": wrong, "same": same, "skipped": skipped, **checks}


def path(name):
    return os.path.join(FOLDER, name)


def saved(name, rows, merges=(), formats=()):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "台账"
    for row in rows:
        ws.append(list(row))
    for merge in merges:
        ws.merge_cells(merge)
    for cell, form in formats:
        ws[cell].number_format = form
    wb.save(path(name))


def year_above():
    """Days without a year; the title says it, the day of filling in says another.  Day numbers shown as days in Chinese ways; groups."""
    rows = [["柳江区2023年度劳动争议调解登记台账"], ["填报单位：某中心", None, None, None, "填报日期：2024年1月5日"],
            ["序号", "日 期", "当 事 人", None, "案　由", "标的额(元)", "处理情况", None],
            [None, None, "申 请 人", "被申请人\n（用人单位）", None, None, "结果", "结案日"], ["一、劳动报酬类"],
            [1, "5月7日", "年甲", "柳州甲公司", "工资", "3500元", "调解成功", "5月20日"],
            [2, "5.10", "年乙", "柳州甲公司", "工资", "￥3,500.00元整", "达成协议", "5/21"],
            [3, "民国112年5月9日", "年丙", "柳州甲公司", "工资", "0.35万", "成功", "2023.6.1"], ["二、社会保险类"],
            [4, "12月20日", "年丁", "柳州甲公司", "社保", "无", "不成功", "1月8日"],
            [5, 5.1, "年戊", "柳州甲公司", "社保", "—", "撤诉", "6月2日"], [6, "2月30日", "年己", "柳州甲公司", "社保", "—", "撤诉", "6月2日"],
            [7, 45050, "年庚", "柳州乙公司", "工资", 100, "成功", 45080], [8, 45050, "年辛", "柳州丙公司", "工资", 100, "成功", 45080],
            [None, None, "合计：8件", None, None, 10000], ["说明：1.本表由各调解组织填写。"], ["2.每月5日前报送。"],
            ["填表人：张三", None, None, None, "联系电话：13800000000"]]
    saved("a-year-above.xlsx", rows, ["A1:H1", "C3:D3", "G3:H3", "A3:A4", "B3:B4", "E3:E4", "F3:F4"],
          [("B13", '[$-804]yyyy"年"m"月"d"日"'), ("H13", '[DBNum1][$-804]yyyy"年"m"月"d"日"'), ("B14", 'm"月"d"日"'), ("H14", "aaaa")])
    expect("a-year-above.xlsx", 5, {10: "早于此前环节", 11: "日期无法识别", 12: "日期无法识别"}, {}, 6, head=4,
           odd={6: "2023 年登记", 7: "2023 年登记"})


def split_days():
    """Year, month and day in columns of their own, under two heads; once a part is missing."""
    rows = [["登记日期", None, None, "申请人", "用人单位", "案由", "结果", "结案日期", None, None], ["年", "月", "日", None, None, None, None, "年", "月", "日"],
            [2024, 5, 7, "分甲", "柳州甲公司", "工资", "成功", 2024, 5, 20], ["24年", "五月", "8日", "分乙", "柳州甲公司", "工资", "成功", "2024", "6", "1"],
            [2024, None, 9, "分丙", "柳州甲公司", "工资", "成功", 2024, 5, 20], [2024, 13, 9, "分丁", "柳州甲公司", "工资", "成功", 2024, 14, 20]]
    saved("b-split-days.xlsx", rows, ["A1:C1", "H1:J1", "D1:D2", "E1:E2", "F1:F2", "G1:G2"])
    expect("b-split-days.xlsx", 2, {5: "登记日期：必填", 6: "日期无法识别"}, {}, 0, head=1)
    with open(path("c-account.csv"), "w", encoding="utf-8-sig", newline="") as file:
        file.write("月,日,登记编号,申请人,身份证号,联系电话,用人单位,案由,金额\r\n"
                   f'5,7,"=""调2024001""",账甲,"=""{GOOD}""","=""13807720031""",柳州甲公司,工资,"3,500.00"\r\n')
    expect("c-account.csv", 0, {2: "登记日期：必填"}, {}, 0, head=1)


def going_on():
    """Cases that go on; sums in figures and in capitals; telephones with other dashes; names with a dot and blanks."""
    rows = [["收案日期", "劳动者", "电话", "单位", "争议类型", "标的", "结果", "结案时间"],
            ["2024-5-7", "阿依古丽 · 买买提", "0772—7212345", "柳州甲公司", "工资", "3500元（大写叁仟伍佰元整）", "调解中", None],
            ["2024-5-8", "进乙", "0772–7212345", "柳州甲公司", "工资", "（大写：叁仟元）", "在办", None],
            ["2024-5-9", "进丙", None, "柳州甲公司", "工资", "3500（大写：叁仟元）", "尚未结案", None],
            ["2024-5-10", "进丁", None, "柳州甲公司", "工资", 3500, "处理中", "2024-6-1"],
            [DAY(1904, 5, 7), "进戊", None, "柳州甲公司", "工资", 3500, "未结", None],
            ["5/14/24", "进己", None, "柳州甲公司", "工资", -100, "未结", None]]
    saved("d-going-on.xlsx", rows)
    expect("d-going-on.xlsx", 1, {3: "金额无法识别", 4: "金额无法识别", 5: "尚未结案", 6: "早得不可能", 7: "金额无法识别"}, {}, 0, head=1)


def numbered():
    """Marks on the names, a line that numbers the columns, an example, sums of the page; one number merged over three workers."""
    rows = [["某县调解台账"], ["*案号", "*登记日期（必填）", "*申请人姓名", "身份证号码（18位）", "*单位名称", "案由[下拉选择]", "申请金额/元", "调解结果(成功/不成功)", "结案时间"],
            ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）", "（9）"], [1, 2, 3, 4, 5, 6, 7, 8, 9],
            ["例", "例：2024-1-1", "张三", "450…", "某公司", "工资", "1000", "成功", "2024-1-5"],
            ["号1", DAY(2024, 5, 7), "号甲", GOOD.lower() + " ", "柳州甲公司", "工资", "3500", "成功", DAY(2024, 5, 30)],
            [None, None, "号乙", None, None, "工资", "3500", "不成功", DAY(2024, 5, 30)],
            ["本页小计", None, None, None, None, None, 7000], ["累计", "2人"]]
    saved("e-numbered.xlsx", rows, ["A1:I1", "A6:A7", "B6:B7", "E6:E7"])
    expect("e-numbered.xlsx", 1, {5: "日期无法识别"}, {7: "与第6行重复"}, 4, head=2)


def strict():
    """Saved as “Strict Open XML”: other names of everything, days as text of ISO 8601."""
    saved("plain.xlsx", [["登记日期", "申请人", "用人单位", "案由", "金额"], [DAY(2024, 5, 7), "严甲", "柳州甲公司", "工资", 3500],
                         [DAY(2024, 5, 8), "严乙", "柳州甲公司", "工资", 3500]])
    with zipfile.ZipFile(path("plain.xlsx")) as a, zipfile.ZipFile(path("f-strict.xlsx"), "w", zipfile.ZIP_DEFLATED) as b:
        for name in a.namelist():
            data = a.read(name).decode()
            data = data.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
            data = data.replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                "http://purl.oclc.org/ooxml/officeDocument/relationships")
            if name.endswith("sheet1.xml"):
                data = re.sub(r'<c r="A2"([^>]*?)( t="n")?><v>[^<]*</v>', r'<c r="A2" t="d"><v>2024-05-07T00:00:00</v>', data)
            b.writestr(name, data)
    os.remove(path("plain.xlsx"))
    expect("f-strict.xlsx", 2, {}, {}, 0, head=1)


for make in (year_above, split_days, going_on, numbered, strict):
    make()
with open(path("expected.json"), "w", encoding="utf-8") as out:
    json.dump(EXPECTED, out, ensure_ascii=False, indent=1)
