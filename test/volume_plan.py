"""A plan for `tiaojie volume-worker`: volume_plan.py OUT KIND:LEVEL:COUNTED:LABEL:SOURCE…   (KIND doc, pdf, picture)

A doc's SOURCE is so many paragraphs; "index" is an index of all that follow."""
import sys

KINDS = {"doc": 0, "pdf": 1, "picture": 2}


def doc(title, paragraphs):
    return f"I style\tform\nI title\t{title}\nT {title}\n" + f"P {'事实与理由。' * 40}\n" * paragraphs


def index(parts):
    rows = "".join(f"B {p[3]}\t{{p{i}}}\n" for i, p in enumerate(parts) if p[2] == "1")
    return "I style\tform\nT 卷内目录\nW 70l\t30c\nA 题名\t页次\n" + rows + "P 共{pages}页，{p99}\n"


parts = [a.split(":", 4) for a in sys.argv[2:]]
out = f"tiaojie volume 1\n{len(parts)} {len('试卷'.encode())}\n试卷".encode()
for kind, level, counted, label, source in parts:
    if kind == "doc":
        source = index(parts) if source == "index" else doc(label, int(source))
    texts = [t.encode() for t in (label, source, doc("此件不能并入本卷 " + label, 1))]
    out += f"{KINDS[kind]} {level} {counted} {' '.join(str(len(t)) for t in texts)}\n".encode() + b"".join(texts)
open(sys.argv[1], "wb").write(out)
