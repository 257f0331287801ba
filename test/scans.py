#!/usr/bin/env python3
"""A pile of sheets as a scanner makes it, sent to a running server; where each page went.
scans.py FOLDER BASE PASSWORD A.pdf B.pdf C.pdf: A and B are papers of two cases, C is no paper of this house.
Prints one line a page: "kind state why case pages", the report of the pile, and the tries of a stranger's hand."""
import http.cookiejar, json, os, random, struct, subprocess, sys, time, urllib.error, urllib.parse, urllib.request, zlib

folder, base, password, one, two, foreign = sys.argv[1:7]
dice = random.Random(7)


# ---- pictures: grey, as rows of bytes -------------------------------------------------------------

def pages_of(path, dots=200):
    """Every page of a PDF as (width, height, bytes)."""
    root = os.path.join(folder, "shot")
    for old in [f for f in os.listdir(folder) if f.startswith("shot")]:
        os.remove(os.path.join(folder, old))
    subprocess.run(["pdftoppm", "-gray", "-r", str(dots), path, root], check=True)
    pages = []
    for name in sorted(f for f in os.listdir(folder) if f.startswith("shot")):
        data = open(os.path.join(folder, name), "rb").read()
        head, width, height = data.split(b"\n", 3), 0, 0
        width, height = map(int, head[1].split())
        pages.append((width, height, head[3]))
    return pages


def upside_down(page):
    return page[0], page[1], page[2][::-1]


def crooked(page):
    """Sheared by three in a hundred both ways, with dirt: a sheet drawn in askew by a scanner that wants cleaning."""
    width, height, data = page
    rows = []
    for y in range(height):
        shift = (y - height // 2) * 3 // 100
        row = data[y * width:(y + 1) * width]
        rows.append((b"\xff" * shift + row)[:width] if shift >= 0 else (row + b"\xff" * -shift)[-width:])
    out = bytearray(b"\xff" * (width * height))
    for x in range(width):  # columns slide, too
        slide = (x - width // 2) * 3 // 100
        column = bytes(row[x] for row in rows)
        column = (b"\xff" * slide + column)[:height] if slide >= 0 else (column + b"\xff" * -slide)[-height:]
        out[x::width] = column
    for _ in range(width * height // 60):
        out[dice.randrange(width * height)] = dice.choice((0, 90, 255))
    return width, height, bytes(out)


def without_code(page):
    """The foot is torn off."""
    width, height, data = page
    cut = height * 88 // 100
    return width, height, data[:cut * width] + b"\xff" * ((height - cut) * width)


def with_another(page, other):
    """The foot of another paper, smaller, lies on the top of this one: a copy of both."""
    width, height, data = page
    rows = bytearray(data)
    top = other[1] * 85 // 100
    for y in range(top, other[1]):
        at = (y - top + 60) * width
        rows[at:at + other[0]] = other[2][y * other[0]:(y + 1) * other[0]]
    return width, height, bytes(rows)


def blank(page):
    width, height, _ = page
    return width, height, bytes(dice.choice((255, 250, 253)) for _ in range(width)) * height


def png(page):
    width, height, data = page
    raw = b"".join(b"\0" + data[y * width:(y + 1) * width] for y in range(height))
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b"")


def pdf(pages):
    """As a scanner writes it: a picture a page."""
    out, at = bytearray(b"%PDF-1.4\n"), []
    def put(text, stream=None):
        at.append(len(out))
        out.extend(b"%d 0 obj " % len(at) + text)
        if stream is not None:
            out.extend(b" stream\n" + stream + b"\nendstream")
        out.extend(b" endobj\n")
    kids = b" ".join(b"%d 0 R" % (3 + 3 * i) for i in range(len(pages)))
    put(b"<</Type/Catalog/Pages 2 0 R>>")
    put(b"<</Type/Pages/Kids[" + kids + b"]/Count %d/MediaBox[0 0 595 842]>>" % len(pages))
    for i, (width, height, data) in enumerate(pages):
        body, draw = zlib.compress(data, 1), b"595 0 0 842 0 0 cm /S Do"
        put(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</XObject<</S %d 0 R>>>>>>" % (4 + 3 * i, 5 + 3 * i))
        put(b"<</Length %d>>" % len(draw), draw)
        put(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/FlateDecode/Length %d>>" % (width, height, len(body)), body)
    table = len(out)
    out.extend(b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1))
    for place in at:
        out.extend(b"%010d 00000 n \n" % place)
    out.extend(b"trailer <</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, table))
    return bytes(out)


# ---- the server ---------------------------------------------------------------------------------------

opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
keys = 0


def ask(path, body=None, kind="application/json"):
    global keys
    keys += 1
    head = {"Content-Type": kind, "Idempotency-Key": f"scans-{os.getpid()}-{keys}"}
    data = json.dumps(body).encode() if kind == "application/json" and body is not None else body
    try:
        answer = opener.open(urllib.request.Request(base + "/api/v1" + path, data, head if body is not None else {}))
        text = answer.read()
        return json.loads(text) if text.startswith(b"{") else text
    except urllib.error.HTTPError as error:
        return {"error": error.code, "text": error.read().decode()}


def sign_in():
    fresh = "Harbour.7314.morning"
    if ask("/login", {"login": "scanner", "password": password}).get("error") == 401:
        return ask("/login", {"login": "scanner", "password": fresh})
    ask("/me/password", {"old": password, "new": fresh})
    return ask("/login", {"login": "scanner", "password": fresh})


def upload(path, name, data):
    return ask(f"{path}?name={urllib.parse.quote(name)}", data, "application/octet-stream")


def wait(pile, until):
    for _ in range(3000):  # a slow machine reads slowly
        p = ask(f"/piles/{pile}")
        if until(p):
            return p
        time.sleep(0.1)
    return p


def main():
    sign_in()
    if os.environ.get("SCANS_PILE"):  # a second run, after the server was killed: how did it end?
        p = wait(os.environ["SCANS_PILE"], lambda p: p["state"] == "done")
        print("after", p["state"], p["read"], p["filed"], p["tray"], p["blank"])
        return
    a, b, c = pages_of(one), pages_of(two), pages_of(foreign)
    # Two copies of the first paper, its sheets in reverse, mixed with another case's, as a clerk's tray has them.
    sheets = [b[0]] + a[::-1] + [crooked(b[1]) if len(b) > 1 else crooked(a[0]), blank(a[0]), without_code(a[0]), c[0]]
    sheets += [with_another(a[0], pages_of(two, 133)[0])]
    sheets += [upside_down(page) for page in a] + [upside_down(page) for page in b[2:]]
    p = upload("/piles", "周一.pdf", pdf(sheets))
    print("pile", p["id"])
    if os.environ.get("SCANS_LEAVE"):
        wait(p["id"], lambda p: 0 < p["read"])
        return
    upload(f"/piles/{p['id']}/files", "照片.png", png(crooked(upside_down(a[0]))))
    p = wait(p["id"], lambda p: p["state"] == "done")
    print("report", p["state"], p["total"], p["read"], p["filed"], p["tray"], p["blank"], p["broken"])
    files = {}
    for page in ask(f"/piles/{p['id']}/pages")["items"]:
        files.setdefault(page["evidence_id"], []).append(page)
        print("page", page["seq"], page["state"], page["why"] or "-", page["case_id"] or "-", page["number"])
    for evidence, pages in files.items():
        if not evidence:
            continue
        data = ask(f"/cases/{pages[0]['case_id']}/evidence/{evidence}/content")
        path = os.path.join(folder, "filed.pdf")
        open(path, "wb").write(data)
        count = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
        count = [line.split()[1] for line in count.splitlines() if line.startswith("Pages")]
        print("file", pages[0]["case_id"], len(pages), *count)
    p = ask(f"/piles/{p['id']}/undo", {"note": "全部退回"})
    print("undone", p["filed"], p["tray"])


main()
