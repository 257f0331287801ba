"""Workbooks as people's programs write them, with the standard library alone: shared or inline strings, styles, merged cells."""
import datetime
import re
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


class Formula:
    """A cell that is computed; `value` is the result a program stored."""

    def __init__(self, text, value=""):
        self.text, self.value = text, value


class Number:
    """A number with the style of that index: 1 built-in date 14, 2 custom yyyy"年"m"月"d"日", 3 two decimals."""

    def __init__(self, value, style=0):
        self.value, self.style = value, style


def day(text, style=1):
    return Number((datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days, style)


def citizen(head, birth, serial):
    """A number with a right check digit."""
    digits = head + birth + serial
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def letters(column):
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Book:
    def __init__(self, shared=True, date1904=False, macros=False, prefix=""):
        self.shared, self.date1904, self.macros, self.prefix = shared, date1904, macros, prefix
        self.strings, self.index, self.sheets = [], {}, []

    def sheet(self, name, rows, merges=(), hidden=False):
        self.sheets.append((name, rows, merges, hidden))

    def string(self, text):
        if text not in self.index:
            self.index[text] = len(self.strings)
            self.strings.append(text)
        return self.index[text]

    def cell(self, ref, value):
        p = self.prefix
        if isinstance(value, Formula):
            return f'<{p}c r="{ref}" t="str"><{p}f>{escape(value.text)}</{p}f><{p}v>{escape(str(value.value))}</{p}v></{p}c>'
        if isinstance(value, bool):
            return f'<{p}c r="{ref}" t="b"><{p}v>{int(value)}</{p}v></{p}c>'
        if isinstance(value, (int, float)):
            value = Number(value)
        if isinstance(value, Number):
            return f'<{p}c r="{ref}" s="{value.style}"><{p}v>{value.value}</{p}v></{p}c>'
        text = escape(value)
        if self.shared:
            return f'<{p}c r="{ref}" t="s"><{p}v>{self.string(value)}</{p}v></{p}c>'
        return f'<{p}c r="{ref}" t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'

    def sheet_xml(self, rows, merges):
        p = self.prefix
        space = f'xmlns:{p[:-1]}="{MAIN}"' if p else f'xmlns="{MAIN}"'
        out = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{p}worksheet {space}><{p}sheetData>']
        for number, row in enumerate(rows, 1):
            cells = "".join(self.cell(f"{letters(i)}{number}", v) for i, v in enumerate(row) if v is not None and v != "")
            if cells:
                out.append(f'<{p}row r="{number}">{cells}</{p}row>')
        out.append(f"</{p}sheetData>")
        if merges:
            out.append(f'<{p}mergeCells count="{len(merges)}">' + "".join(f'<{p}mergeCell ref="{m}"/>' for m in merges) + f"</{p}mergeCells>")
        out.append(f"</{p}worksheet>")
        return "".join(out)

    def string_xml(self, text):
        if "|" in text: # a run and its reading: 重|chóng
            base, reading = text.split("|", 1)
            return f'<si><r><t>{escape(base)}</t></r><rPh sb="0" eb="1"><t>{escape(reading)}</t></rPh></si>'
        return f'<si><t xml:space="preserve">{escape(text)}</t></si>'

    def parts(self):
        bodies = [self.sheet_xml(rows, merges) for _, rows, merges, _ in self.sheets]
        numbers = range(1, len(bodies) + 1)
        yield "[Content_Types].xml", (
            f'<Types xmlns="{PACK}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="'
            + ("application/vnd.ms-excel.sheet.macroEnabled.main+xml" if self.macros else TYPE + "sheet.main+xml") + '"/>'
            + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}worksheet+xml"/>' for n in numbers)
            + f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}sharedStrings+xml"/></Types>')
        yield "_rels/.rels", (f'<Relationships xmlns="{PACK}/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" '
                              f'Target="xl/workbook.xml"/></Relationships>')
        yield "xl/workbook.xml", (
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><workbookPr date1904="{int(self.date1904)}"/><sheets>'
            + "".join(f'<sheet name="{escape(s[0])}" sheetId="{n}" r:id="rId{n}"' + (' state="hidden"' if s[3] else "") + "/>"
                      for n, s in zip(numbers, self.sheets)) + "</sheets></workbook>")
        last = len(bodies)
        yield "xl/_rels/workbook.xml.rels", (
            f'<Relationships xmlns="{PACK}/relationships">'
            + "".join(f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
            + f'<Relationship Id="rId{last + 1}" Type="{REL}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId{last + 2}" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        yield "xl/styles.xml", (
            f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
            f'<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
            f'<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/>'
            f'<xf numFmtId="176"/><xf numFmtId="4"/></cellXfs></styleSheet>')
        for n, body in zip(numbers, bodies):
            yield f"xl/worksheets/sheet{n}.xml", body
        yield "xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">' + "".join(map(self.string_xml, self.strings)) + "</sst>"
        if self.macros:
            yield "xl/vbaProject.bin", "\0"

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for name, text in self.parts():
                book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def read(path):
    """Rows of texts of the first sheet of a workbook of ours or of this module's."""
    import xml.etree.ElementTree as tree
    tag = "{%s}" % MAIN
    with zipfile.ZipFile(path) as book:
        strings = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in tree.fromstring(book.read("xl/sharedStrings.xml")):
                strings.append("".join(t.text or "" for t in item.iter(tag + "t")))
        root = tree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in root.find(tag + "sheetData"):
        cells = []
        for cell in row:
            column = 0
            for letter in re.match(r"[A-Z]+", cell.get("r")).group(0):
                column = column * 26 + ord(letter) - 64
            cells += [""] * (column - len(cells))
            value = cell.find(tag + "v")
            text = "".join(t.text or "" for t in cell.iter(tag + "t")) if value is None else value.text or ""
            cells[column - 1] = strings[int(text)] if cell.get("t") == "s" else text
        rows += [[]] * (int(row.get("r")) - 1 - len(rows)) + [cells]
    return rows
