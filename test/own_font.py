"""A font of another name, as a customer's own would be: own_font.py FROM TO NAME copies an OpenType font and calls it NAME."""
import struct
import sys

source, target, name = sys.argv[1:]
font = open(source, "rb").read()
count = struct.unpack(">H", font[4:6])[0]
tables = []
for i in range(count):
    tag, _, offset, length = struct.unpack(">4sIII", font[12 + 16 * i:28 + 16 * i])
    tables.append((tag, font[offset:offset + length]))

# Family, subfamily, unique name, full name, PostScript name; for Windows, Unicode, English.
texts = [(n, t.encode("utf-16-be")) for n, t in ((1, name), (2, "Regular"), (3, name), (4, name), (6, name))]
records, strings = b"", b""
for number, text in texts:
    records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), len(strings))
    strings += text
table = struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + strings
tables = [(tag, table if tag == b"name" else data) for tag, data in tables]

head, body = font[:12], b""
at = 12 + 16 * count
for tag, data in tables:
    data_padded = data + b"\0" * (-len(data) % 4)
    checksum = sum(struct.unpack(">%dI" % (len(data_padded) // 4), data_padded)) & 0xFFFFFFFF
    head += struct.pack(">4sIII", tag, checksum, at + len(body), len(data))
    body += data_padded
open(target, "wb").write(head + body)
