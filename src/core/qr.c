#include "core/qr.h"

#include <qrencode.h>

Str qr_lines(Arena *a, Str text)
{
    enum { QR_TEXT_MAX = 1000 };
    if (text.n == 0 || text.n > QR_TEXT_MAX) return (Str){ 0 };
    QRcode *code = QRcode_encodeString8bit(str_c(a, text), 0, QR_ECLEVEL_M);
    if (!code) return (Str){ 0 };
    size_t w = (size_t)code->width, room = w * (w + 1);
    Out o = { .buf = NEW(a, char, room), .cap = room };
    for (size_t y = 0; y < w; y++) {
        if (y) out_str(&o, S(" "));
        for (size_t x = 0; x < w; x++) out_str(&o, code->data[y * w + x] & 1 ? S("1") : S("0"));
    }
    QRcode_free(code);
    return out_view(&o);
}
