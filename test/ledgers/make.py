#!/usr/bin/env python3
"""make.py FOLDER: five ledgers as offices keep them, with the faults people really make, and what must come of each (expected.json):
rows imported, wrong, duplicate and left out, and a word of the reason for each line that is refused.  No person in them is real."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from book import Book, Formula, Number, citizen, day  # noqa: E402

FOLDER = sys.argv[1]
os.makedirs(FOLDER, exist_ok=True)
EXPECTED = {}


def expect(name, good, wrong, same, skipped, **checks):
    """`wrong` and `same`: line → part of the reason."""
    EXPECTED[name] = {"good": good, "wrong": wrong, "same": same, "skipped": skipped, **checks}


def county():
    """A county's workbook: merged titles, a head of two lines, page heads repeated, subtotals, a note at the end, formulas for sums."""
    head = [["序号", "案件编号", "收案时间", "申请人", "", "", "被申请人", "", "案由", "标的额（万元）", "受理时间", "承办人", "处理结果", "结案时间",
             "协议金额（万元）", "履行情况", "备注"],
            ["", "", "", "姓名", "身份证号码", "联系电话", "单位名称", "单位性质", "", "", "", "", "", "", "", "", ""]]
    rows = [["柳江区劳动人事争议调解案件登记台账（2021年度）"], ["填报单位：柳江区劳动人事争议多元调解中心", "", "", "", "", "", "", "", "", "", "单位：万元"]] + head
    people = ["韦大勇", "覃小凤", "黄金福", "莫有才", "蓝秀英", "罗国强", "潘桂芳", "梁日新"]
    firms = ["柳州市鑫旺机械有限公司", "柳江区新兴木业厂", "柳州市同心物流有限公司"]
    causes = ["拖欠工资", "工伤待遇", "经济补偿金", "双倍工资", "社会保险"]
    results = ["达成协议", "未达成", "撤回申请", "自行和解", "即时履行"]
    merges = ["A1:Q1", "A2:H2", "D3:F3", "G3:H3"] + [f"{c}3:{c}4" for c in "ABCIJKLMNOPQ"]
    number, lines = 0, {}
    for page in range(3):
        if page:
            merges += [f"D{len(rows) + 1}:F{len(rows) + 1}", f"G{len(rows) + 1}:H{len(rows) + 1}"]
            rows += head
        for i in range(10):
            number += 1
            result = results[number % 5]
            filed = f"2021.{number % 12 + 1}.{number % 27 + 1}"
            later = f"2021年{number % 12 + 1}月{min(number % 27 + 5, 28)}日"
            agreed = 0.8 if result in ("达成协议", "即时履行") else ""
            rows.append([number, f"柳江劳人调字〔2021〕第{number:03}号", filed, people[number % 8],
                         citizen("450206", f"19{60 + number}0{number % 9 + 1}15", f"{number:03}"), f"138 0772 {number:04}",
                         firms[number % 3], "有限公司", causes[number % 5], 1.2, filed, "张调解（专）", result, later, agreed,
                         "已履行" if agreed else "", "" if i else "第一行\n第二行"])
            lines[number] = len(rows)
        rows.append(["小计", "", "", "", "", "", "", "", "", Formula(f"SUM(J{lines[number - 9]}:J{lines[number]})", 12)])
        rows.append([])
    rows.append(["合计", "", "", "", "", "", "", "", "", 36])
    rows.append(["填表人：周文", "", "", "审核人：吴法", "", "", "填表日期：2022年1月5日"])
    rows[lines[5] - 1][4] = "450206197505151239"       # a wrong check digit
    rows[lines[9] - 1][5] = "1380772000"               # a digit is missing
    rows[lines[13] - 1][1] = rows[lines[12] - 1][1]    # the number of the row above
    rows[lines[17] - 1][9] = Formula("1+1", "2")       # a formula where a sum belongs
    rows[lines[21] - 1][12] = "继续跟进"               # no outcome, but a day of closing
    book = Book()
    book.sheet("封面", [["台账封面"], ["2021年"]])
    book.sheet("2021年", rows, merges)
    book.sheet("统计", [["类别", "件数"], ["工资", 12]])
    book.save(os.path.join(FOLDER, "1-county.xlsx"))
    expect("1-county.xlsx", 25, {lines[5]: "证件号码不正确", lines[9]: "电话号码不正确", lines[17]: "是公式", lines[21]: "处理结果：无法识别"},
           {lines[13]: f"与第{lines[12]}行重复"}, 3 + 4 + 2, sheet="2021年", head=4, claims_fen=25 * 1200000)


def town():
    """A town's list typed by hand, saved as CSV in GB18030: digits of full width, days in every way, no numbers of cases, notes between."""
    text = """拉堡镇劳动争议调解登记表,,,,,,,,,
（2023年1月—12月）,,,,,,,,,
序号,来访日期,劳动者姓名,身份证号,手机,工作单位,诉求内容,涉及金额,调解结果,办结日期
１,２０２３．１．５,韦春花,{0},１３８０７７２１００１,柳州市鑫旺机械有限公司,要求支付工资,￥3,500.00
2,2023-1-18,覃海燕,{1},13807721002,柳江区新兴木业厂,工资,3500元,成功,2023/1/20
3,20230201,黄志明,,0772-7212345,柳江区新兴木业厂,工伤赔偿,约1.5万元,不成功，引导仲裁,2023.2.15
4,2/14/2023,莫建军,{2},138-0772-1004,拉堡镇好再来餐饮店,"双倍工资、
经济补偿",一万二千元,和解,2023年2月20日
,,,,,,,,,
注：以上为一季度,,,,,,,,,
5,23.4.1,蓝月娥,,13807721005,柳州市同心物流有限公司,加班费,2千5百,已达成协议,23.4.9
6,2023年4月31日,罗文武,,13807721006,柳州市同心物流有限公司,加班费,800,成功,2023.5.8
7,2023-5-9,,,13807721007,柳州市同心物流有限公司,加班费,800,成功,2023.5.18
8,23.4.1,蓝月娥,,13807721005,柳州市同心物流有限公司,加班费,2千5百,已达成协议,23.4.9
9,2023-6-1,潘国庆,450206900307123,13807721009,柳江区新兴木业厂,社保补缴,无,撤销,2023-6-3
10,2023-6-8,梁红梅,,13807721010,柳江区新兴木业厂,社保补缴,若干,,
11,2023-7-1,韦永强,,13807721011,柳江区新兴木业厂,社保补缴,/,,
本月小计,11件,,,,,,,,
"""
    text = text.format(citizen("450206", "19900101", "001"), citizen("450206", "19910202", "002"), citizen("450206", "19920303", "003"))
    text = text.replace("要求支付工资,￥3,500.00", '要求支付工资,"￥3,500.00",调解成功,2023-1-9')
    text = text.replace("不成功，引导仲裁", "不成功，引导仲裁")
    with open(os.path.join(FOLDER, "2-town.csv"), "wb") as file:
        file.write(text.replace("\n", "\r\n").encode("gb18030"))
    # The cell with a line break takes one row, so lines below count as a spreadsheet counts them.
    expect("2-town.csv", 7, {11: "日期无法识别", 12: "必填", 15: "金额无法识别"}, {13: "与第10行"}, 2, head=3)


def old_system():
    """What an older system exported: one line of names, codes and labels of its own, sums in yuan as text, days as numbers, 500 rows."""
    names = ["登记编号", "登记时间", "收件渠道", "案件来源", "申请人姓名", "申请人证件号", "申请人手机", "涉及人数", "用人单位名称", "统一社会信用代码",
             "所属行业", "争议类型", "涉案金额", "案情简介", "立案日期", "承办单位", "结案日期", "结案方式", "协议书编号", "协议金额", "归档日期", "归档号"]
    rows, sum_fen = [names], 0
    results = ["调解成功", "调解不成", "撤诉", "和解"]
    for i in range(1, 501):
        start = 43831 + i                              # from 2020-01-02
        result = results[i % 4]
        rows.append([f"LJ2020{i:05}", Number(start, 1), "窗口", "自行申请", f"测试人员{i}", citizen("450206", "19850101", f"{i % 999:03}"),
                     Number(13800000000 + i), 1 if i % 50 else 12, "柳州市鑫旺机械有限公司", "91450206MA5K00001A", "制造业", "劳动报酬",
                     f"{i * 100:,}.00", "拖欠工资" + "，多次催要" * (i % 5), Number(start + 1), "柳江区劳动人事争议多元调解中心", Number(start + 10, 2), result,
                     f"协2020{i:04}" if result == "调解成功" else "", i * 80 if result == "调解成功" else "", Number(start + 40, 1), f"2020-{i}"])
        sum_fen += i * 10000
    rows[100][5] = Number("4.50206198501010E+17")      # the number was kept as a number
    rows[200][9] = "91450206MA5K00001B"                # a wrong check sign
    rows[300][16] = Number(43000, 1)                   # closed before it was accepted
    rows[400][1] = "2020年"
    book = Book(shared=False, prefix="x:")
    book.sheet("export", rows)
    book.save(os.path.join(FOLDER, "3-system.xlsx"))
    lost = (100 + 200 + 300 + 400) * 10000
    expect("3-system.xlsx", 496, {101: "存成了数字", 201: "信用代码不正确", 301: "早于此前环节", 401: "日期无法识别"}, {}, 0, head=1,
           claims_fen=sum_fen - lost)


def merged():
    """One employer, many workers: the firm's cells merged over its workers, cells of several numbers, counts in words, ticks."""
    rows = [["2022年群体性劳动争议调解台账"],
            ["登记号", "登记日期", "用人单位", "申请人", "证件号码", "联系方式", "人数", "是否集体", "是否重大", "争议事项", "请求金额", "结案日期", "结案方式", "协议金额", "回访日期", "满意度"]]
    first = citizen("450206", "19800101", "101")
    second = citizen("450206", "19810101", "102")
    rows += [
        ["群〔2022〕1", "2022.3.1", "柳江区新兴木业厂_x000D_", "韦一等12人", first + "、" + second, "13807722001/13807722002", "12人", "√", "否", "工资、加班费",
         "15.6万元", "2022.3.20", "达成调解协议，已当场履行", "15万", "2022.4.20、2022.5.20", "非常满意"],
        ["群〔2022〕2", "2022.3.1", "", "覃二", "", "13807722003", "一人", "", "", "工资", "8000", "2022.3.20", "达成协议", "8000", "2022-4-20", "满意"],
        ["群〔2022〕3", "2022.3.1", "", "黄三", "", "13807722004", "1", "否", "否", "工资", "8000", "2022.3.20", "达成协议", "7,500元", "", "一般"],
        ["群〔2022〕4", "2022.4.1", "柳州市同心物流有限公司", "莫四等", "", "13807722005", "约30余人", "是", "是", "工伤及工伤待遇", "壹佰贰拾万元整", "", "", "", "", ""],
        ["群〔2022〕5", "2022.4.1", "", "蓝五", "45020619800101101X", "13807722006", "1", "否", "否", "工资", "8000", "2022.4.20", "达成协议", "8000", "", "6"],
    ]
    book = Book()
    book.sheet("群体", rows, ["A1:P1", "C3:C5", "C6:C7"])
    book.save(os.path.join(FOLDER, "4-groups.xlsx"))
    bad = {} if first == "45020619800101101X" else {7: "证件号码不正确"}
    expect("4-groups.xlsx", 4, bad, {}, 0, head=2, people=12 + 1 + 1 + 30)


def counted_from_1904():
    """Made on a Mac: days counted from 1904, the ledger on the second sheet, hidden notes on the first, no outcome for what is still open."""
    rows = [["编号", "日期", "姓名", "单位名称", "纠纷类型", "结果", "办结时间", "备注"]]
    for i in range(1, 9):
        filed = Number(44681 - 4000 + i, 1)            # 2015
        closed = Number(44681 - 3990 + i, 1)
        rows.append([f"〔2015〕{i}", filed, f"王{'一二三四五六七八'[i - 1]}", "海安市东方纺织厂", "工资", "成功" if i % 2 else "失败", closed, ""])
    rows.append(["〔2026〕1", "2026.5.20", "王九", "海安市东方纺织厂", "工资", "", "", "正在调解"])
    rows.append(["〔2026〕2", "2031.5.20", "王十", "海安市东方纺织厂", "工资", "", "", "年份写错"])
    book = Book(date1904=True)
    book.sheet("说明", [["说明", "请勿改动"], ["姓名", "不要写"]], (), True)
    book.sheet("台账", rows)
    book.save(os.path.join(FOLDER, "5-mac.xlsx"))
    expect("5-mac.xlsx", 9, {11: "将来的日期"}, {}, 0, sheet="台账", head=1, open=1)


def hands():
    """Five more, from other hands, in a folder of their own: what must come of them stands in test/import.sh."""
    more = os.path.join(FOLDER, "more")
    os.makedirs(more, exist_ok=True)
    book = Book()                                      # a sheet a month, the same columns; a hidden old one; a page of figures
    for month in range(1, 13):
        rows = [[f"{month}月份劳动争议调解台账"], ["序号", "登记日期", "申请人", "身份证号", "被申请人", "争议事由", "金额（元）", "调解结果", "结案日期"]]
        for i in range(3):
            rows.append([i + 1, f"2022-{month:02}-0{i + 1}", f"月{month}之{'一二三'[i]}", "", "柳州市鑫旺机械有限公司", "工资", 1000 * month + i,
                         "调解成功", f"2022-{month:02}-1{i}"])
        rows.append(["合计", None, None, None, None, None, 3000 * month + 3])
        book.sheet(f"{month}月", rows, ["A1:I1"], month == 12)
    book.sheet("汇总", [["月份", "件数"], ["1月", 3]])
    book.save(os.path.join(more, "months.xlsx"))
    ticks = [["二〇二一年度调解台账"], [],             # a tick under what it was about, and under how it ended
             ["序号", "登记日期", "当事人", "", "争议类型", "", "", "调解结果", "", "", "结案日期", "备注"],
             ["", "", "申请人", "被申请人", "工资", "工伤", "社保", "成功", "不成功", "撤回", "", ""],
             [1, "2021-3-5", "韦一", "柳州甲公司", "√", "", "", "√", "", "", "2021-3-9", ""],
             [2, "2021-3-6", "覃二", "柳州乙公司", "", "√", "", "", "√", "", "2021-3-9", "注意：已转仲裁"],
             [3, "2021-3-7", "黄三", "柳州乙公司", "", "", "1", "", "", "1", "2021-3-9", ""],
             ["合计", "3件", "", "", 1, 1, 1, 1, 1, 1], ["说明：1.本表一式两份。"], ["填报人：张三", "", "", "审核：李四"]]
    book = Book()
    book.sheet("Sheet1", ticks, ["A1:L1", "C3:D3", "E3:G3", "H3:J3", "A3:A4", "B3:B4", "K3:K4", "L3:L4"])
    book.save(os.path.join(more, "ticks.xlsx"))
    number = citizen("450206", "19660715", "006")
    numbers = [["登记日期", "申请人", "证件号码", "联系电话", "被申请人", "案由", "请求金额"]]
    for i, (one, phone, sum_of) in enumerate([
            (f"{number[:6]} {number[6:14]} {number[14:]}", "手机：13807720011", "￥4，000"), (f"身份证：{number}", "(0772)7212345", "1.5w"),
            (f"{number}（复印件）", "07727212345转801", "2021"), ("护照E12345678", "+8613807720004", "3千"),
            (f"{number[:10]}****{number[14:]}", "1380772****", "500"), (number[:17] + "Y", "13807720012", "500")]):
        numbers.append(["2021 3 5" if i else "2021—3—5", f"号码{'甲乙丙丁戊己'[i]}", one, phone, "柳州甲公司", "工资", sum_of])
    book = Book()
    book.sheet("号码", numbers)
    book.save(os.path.join(more, "numbers.xlsx"))
    with open(os.path.join(more, "semicolons.csv"), "wb") as file:
        file.write(("\ufeff处理结果;\"*申请人\n(必填)\";用人单位全称;立案时间;涉案标的;案件类型;结案时间;性别\n"
                    "调解成功;韦一;柳州丁公司;2021/3/5;3,500.00;劳动报酬;2021/3/9;男\n").encode())
    with open(os.path.join(more, "unicode.csv"), "wb") as file:  # what Excel calls Unicode text
        file.write(b"\xff\xfe" + ("编号\t登记日期\t申请人\t被申请人\t案由\t涉案金额\t结案方式\t结案日期\r\n"
                                  "1\t2021/3/5\t韦一\t柳州丙公司\t工资\t5000\t达成协议\t2021/3/9\r\n").encode("utf-16-le"))
    with open(os.path.join(more, "old.xlsx"), "wb") as file:     # an old .xls by another name
        file.write(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))


hands()
county()
town()
old_system()
merged()
counted_from_1904()
with open(os.path.join(FOLDER, "expected.json"), "w", encoding="utf-8") as out:
    json.dump(EXPECTED, out, ensure_ascii=False, indent=1)
