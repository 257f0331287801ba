/* The page itself.  Every sentence is a row, Chinese and English. */
#include "linkage/verify/verify.h"

#define TEXTS(T) \
    T(TITLE, "文书验真", "Verify a paper") \
    T(SITE, "劳动人事争议多元调解平台", "Labour and personnel dispute mediation") \
    T(LEAD, "输入文书上的文号和验真码，或者扫描文书上的二维码，核对文书、案卷或者短信是否由本平台的调解组织发出。", \
      "Enter the number and the code printed on it, or scan its QR code, to see whether a paper, a file or a" \
      " message comes from a mediation organisation of this platform.") \
    T(NUMBER, "文号（可不填）", "Number (optional)") \
    T(CODE, "验真码（16 位）", "Verification code (16 characters)") \
    T(ASK, "查验", "Verify") \
    T(FOUND, "查到这份文书", "It is one of ours") \
    T(SENT, "这条消息由本平台发出", "This message was sent by this platform") \
    T(UNKNOWN, "没有查到", "Nothing was found") \
    T(UNKNOWN_SAY, "没有与您输入的验真码（和文号）相符的文书或者短信。请核对后重试；仍查不到的，" \
      "请拨打调解组织公布的电话核实，不要按其中的要求付款或者提供验证码。", \
      "No paper or message has this code (and number). Please check what you typed. If it is still not found," \
      " call the organisation at the number it publishes; do not pay or give codes to anybody.") \
    T(MANY, "查验次数过多", "Too many attempts") \
    T(MANY_SAY, "从您的网络地址查验失败的次数过多，请稍后再试。", \
      "Too many wrong codes came from your address. Please try later.") \
    T(KIND, "种类", "Kind") \
    T(NO, "文号", "Number") \
    T(DAY, "日期", "Date") \
    T(OFFICE, "出具单位", "Issued by") \
    T(PARTIES, "当事人（已隐去部分姓名）", "Parties (partly hidden)") \
    T(PAGES, "页数", "Pages") \
    T(SIGNER, "电子签名", "Signed electronically by") \
    T(STATE, "状态", "State") \
    T(SINCE, "失效日期", "Since") \
    T(HASH, "文件摘要（SHA-256）", "Digest of the file (SHA-256)") \
    T(COMPARE, "核对手中的文件", "Compare your file") \
    T(COMPARE_SAY, "选择收到的 PDF 或者 DOCX 文件，在您的浏览器里计算摘要并比对；文件不会上传。", \
      "Choose the PDF or DOCX you received. It is compared in your browser and is not sent anywhere.") \
    T(FILE, "选择文件，或者拖放到这里", "Choose a file, or drop it here") \
    T(SAME, "一致：这就是原文件，没有改动。", "The same: this is the file as it was issued.") \
    T(OTHER, "不一致：这个文件不是原文件，或者已被改动。", \
      "Not the same: this is not the file, or it was changed.") \
    T(BUSY, "正在计算…", "Computing…") \
    T(NO_WAY, "此浏览器不能计算摘要，请用其他方式核对上面的 SHA-256。", \
      "This browser cannot do it; compare the SHA-256 above by other means.") \
    T(FREE, "调解不收取任何费用。调解组织不会要求您转账，也不会索要短信验证码。", \
      "Mediation is free of charge. No organisation will ask you to pay, or for a code sent to your phone.") \
    T(WHOLE, "查看全文：当事人请登录本案查看。", "The whole paper is shown to its parties, signed in.") \
    T(LANGUAGE, "English", "中文")

typedef struct Words { const char *zh, *en; } Words;
#define AS_NAME(name, zh, en) T_##name,
enum { TEXTS(AS_NAME) T__COUNT };
#define AS_ROW(name, zh, en) { zh, en },
static const Words texts[] = { TEXTS(AS_ROW) };

static const Words states[VERIFIED__COUNT] = {
    [VERIFIED_VALID] = { "有效", "valid" }, [VERIFIED_REPLACED] = { "已被替换", "superseded" },
    [VERIFIED_REVOKED] = { "已撤销", "withdrawn" },
};
static const char *const marks[VERIFIED__COUNT] = { "good", "old", "bad" };

typedef struct Page {
    Out *o;
    bool en;
    const VerifyAsk *ask;
} Page;

static void raw(Page *p, const char *html)
{
    out_str(p->o, str_of(html));
}

static void text(Page *p, Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.s[i]) {
        case '&': raw(p, "&amp;"); break;
        case '<': raw(p, "&lt;"); break;
        case '>': raw(p, "&gt;"); break;
        case '"': raw(p, "&quot;"); break;
        case '\'': raw(p, "&#39;"); break;
        default: out_str(p->o, (Str){ s.s + i, 1 });
        }
    }
}

static Str word(const Page *p, int which)
{
    return str_of(p->en ? texts[which].en : texts[which].zh);
}

static void say(Page *p, int which)
{
    text(p, word(p, which));
}

static void element(Page *p, const char *open, int which, const char *close)
{
    raw(p, open);
    say(p, which);
    raw(p, close);
}

/* ---- its parts -------------------------------------------------------------------------------- */

static void language_link(Page *p)
{
    raw(p, "<a class=\"lang\" hreflang=\"");
    raw(p, p->en ? "zh-CN\" lang=\"zh-CN\" href=\"/v" : "en\" lang=\"en\" href=\"/v");
    if (p->ask->code.n) raw(p, "/");
    text(p, p->ask->code);
    raw(p, p->en ? "?lang=zh" : "?lang=en");
    if (p->ask->number.n) raw(p, "&amp;number=");
    for (size_t i = 0; i < p->ask->number.n; i++) {
        static const char hex[] = "0123456789ABCDEF";
        unsigned char ch = (unsigned char)p->ask->number.s[i];
        const char coded[] = { '%', hex[ch >> 4], hex[ch & 15], 0 };
        raw(p, coded);
    }
    element(p, "\">", T_LANGUAGE, "</a>");
}

static void head(Page *p)
{
    raw(p, p->en ? "<!doctype html>\n<html lang=\"en\">" : "<!doctype html>\n<html lang=\"zh-CN\">");
    raw(p, "<head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">");
    raw(p, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    element(p, "<title>", T_TITLE, " · ");
    element(p, "", T_SITE, "</title>");
    raw(p, "<link rel=\"stylesheet\" href=\"/v/page.css\"><script src=\"/v/page.js\" defer></script>");
    raw(p, "</head>\n<body>");
    element(p, "<header><a class=\"site\" href=\"/\">", T_SITE, "</a>");
    language_link(p);
    element(p, "</header>\n<main><h1>", T_TITLE, "</h1>");
}

static void input(Page *p, const char *name, int label, Str value, const char *more)
{
    raw(p, "<p><label for=\"");
    raw(p, name);
    element(p, "\">", label, "</label><input id=\"");
    raw(p, name);
    raw(p, "\" name=\"");
    raw(p, name);
    raw(p, "\" value=\"");
    text(p, value);
    raw(p, "\" ");
    raw(p, more);
    raw(p, "></p>");
}

static void form(Page *p)
{
    element(p, "<p class=\"lead\">", T_LEAD, "</p>");
    raw(p, "<form action=\"/v\" method=\"get\">");
    input(p, "number", T_NUMBER, p->ask->number, "maxlength=\"40\" autocomplete=\"off\"");
    input(p, "code", T_CODE, p->ask->code,
          "required maxlength=\"40\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\"");
    if (p->en) raw(p, "<input type=\"hidden\" name=\"lang\" value=\"en\">");
    element(p, "<p><button type=\"submit\">", T_ASK, "</button></p></form>\n");
}

static void row(Page *p, int label, Str value)
{
    if (value.n == 0) return;
    element(p, "<dt>", label, "</dt><dd>");
    text(p, value);
    raw(p, "</dd>");
}

static void row_date(Page *p, int label, Date d)
{
    char iso[11] = "";
    if (d.day == 0) return;
    date_write(d, iso);
    row(p, label, str_of(iso));
}

static void row_number(Page *p, int label, int64_t n)
{
    char digits[24];
    Out o = { .buf = digits, .cap = sizeof digits };
    out_int(&o, n);
    if (n) row(p, label, out_view(&o));
}

static void row_state(Page *p, const Verified *v)
{
    const Words *w = &states[v->state];
    element(p, "<dt>", T_STATE, "</dt><dd><strong class=\"state ");
    raw(p, marks[v->state]);
    raw(p, "\">");
    text(p, str_of(p->en ? w->en : w->zh));
    raw(p, "</strong></dd>");
}

static void data(Page *p, const char *name, Str value)
{
    raw(p, " data-");
    raw(p, name);
    raw(p, "=\"");
    text(p, value);
    raw(p, "\"");
}

/* Hidden until the script, which does the work, shows it. */
static void compare(Page *p, const Verified *v)
{
    raw(p, "<section class=\"compare\" id=\"compare\" hidden");
    data(p, "sha256", v->sha256);
    data(p, "docx", v->docx);
    data(p, "same", word(p, T_SAME));
    data(p, "other", word(p, T_OTHER));
    data(p, "busy", word(p, T_BUSY));
    data(p, "noway", word(p, T_NO_WAY));
    element(p, "><h2>", T_COMPARE, "</h2>");
    element(p, "<p>", T_COMPARE_SAY, "</p>");
    element(p, "<p class=\"drop\"><label for=\"file\">", T_FILE, "</label>");
    raw(p, "<input id=\"file\" type=\"file\"></p>");
    raw(p, "<p><output id=\"result\" for=\"file\" role=\"status\"></output></p></section>\n");
}

static void found(Page *p, const Verified *v)
{
    element(p, "<section class=\"found\"><h2>", v->message ? T_SENT : T_FOUND, "</h2><dl>");
    row_state(p, v);
    row_date(p, T_SINCE, v->ended_on);
    row(p, T_KIND, p->en && v->kind_en.n ? v->kind_en : v->kind);
    row(p, T_NO, v->number);
    row_date(p, T_DAY, v->day);
    row(p, T_OFFICE, v->office);
    row(p, T_PARTIES, v->parties);
    row_number(p, T_PAGES, v->pages);
    row(p, T_SIGNER, v->signer);
    row(p, T_HASH, v->sha256);
    raw(p, "</dl>");
    if (!v->message) element(p, "<p>", T_WHOLE, "</p>");
    raw(p, "</section>\n");
    if (v->sha256.n) compare(p, v);
}

static void notice(Page *p, int title, int sentence)
{
    element(p, "<section class=\"notice\" role=\"alert\"><h2>", title, "</h2>");
    element(p, "<p>", sentence, "</p></section>\n");
}

void verify_page(Ctx *c, const VerifyAsk *ask, VerifySaid said, const Verified *v)
{
    Page p = { .o = &c->out, .en = str_eq(ask->lang, S("en")), .ask = ask };
    head(&p);
    if (said == VERIFY_FOUND) found(&p, v);
    if (said == VERIFY_UNKNOWN) notice(&p, T_UNKNOWN, T_UNKNOWN_SAY);
    if (said == VERIFY_TOO_MANY) notice(&p, T_MANY, T_MANY_SAY);
    form(&p);
    element(&p, "<p class=\"free\">", T_FREE, "</p></main></body></html>\n");
}
