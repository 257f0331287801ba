# sheets.py OUT.xlsx IN.xlsx…: workbooks of one sheet each as the sheets of one, named 1月 and so on.
import re, sys, zipfile

out, names = sys.argv[1], sys.argv[2:]
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
    first = zipfile.ZipFile(names[0])
    types, links, sheets = first.read("[Content_Types].xml").decode(), first.read("xl/_rels/workbook.xml.rels").decode(), ""
    for i, name in enumerate(names, 1):
        with zipfile.ZipFile(name).open("xl/worksheets/sheet1.xml") as rows, book.open(f"xl/worksheets/sheet{i}.xml", "w", force_zip64=True) as to:
            while part := rows.read(1 << 20):
                to.write(part)
        sheets += f'<sheet name="{i}月" sheetId="{i}" r:id="rSheet{i}"/>'
        if i > 1:
            types = re.sub(r'(<Override [^>]*sheet)1(\.xml"[^>]*/>)', lambda m: m[0] + m[1] + str(i) + m[2], types, count=1)
        links = links.replace("</Relationships>", f'<Relationship Id="rSheet{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i}.xml"/></Relationships>')
    book.writestr("[Content_Types].xml", types)
    book.writestr("xl/_rels/workbook.xml.rels", links)
    book.writestr("xl/workbook.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>' + sheets + "</sheets></workbook>")
    for name in ("_rels/.rels", "xl/styles.xml"):
        book.writestr(name, first.read(name))
