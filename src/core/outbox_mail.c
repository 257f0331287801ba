/*
** Mails, by SMTP.  Subject and body are encoded whole, addresses are let through only
** by mail_check(), so nothing that somebody wrote can become a header.  The Message-ID
** is the message's own number: one that is given again because its answer was lost is
** known by it.
*/
#include "core/courier.h"
#include "core/house.h"

#include <curl/curl.h>
#include <openssl/evp.h>
#include <string.h>

enum { ADDRESS_MOST = 254, LOCAL_MOST = 64, LABEL_MOST = 63, HEAD_ROOM = 2048, WORD_BYTES = 39,
       LINE_BYTES = 57, ANSWER = 256 };

/* ---- addresses ------------------------------------------------------------------------------- */

static bool is_plain(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

/* Words of plain characters and those of `also`, with single dots between. */
static bool dotted(Str text, const char *also, size_t most, size_t *words)
{
    *words = 0;
    while (text.n) {
        bool last = !str_has(text, S("."));
        Str word = str_cut(&text, '.');
        bool good = word.n > 0 && word.n <= most && (last || text.n > 0);
        for (size_t i = 0; i < word.n && good; i++) good = is_plain(word.s[i]) || strchr(also, word.s[i]);
        if (!good) return false;
        ++*words;
    }
    return *words > 0;
}

Fault mail_check(const Ctx *c, Str address)
{
    (void)c;
    size_t words = 0;
    for (size_t i = 0; i < address.n; i++) {
        if (address.s[i] <= ' ' || address.s[i] == 127) return FAULT_BAD_MAIL;
    }
    Str rest = address, local = str_cut(&rest, '@');
    bool good = address.n <= ADDRESS_MOST && local.n <= LOCAL_MOST && local.n > 0 && local.s[0] != '-';
    good = good && dotted(local, "!#$%&'*+-/=?^_`{|}~", LOCAL_MOST, &words);
    good = good && dotted(rest, "-", LABEL_MOST, &words) && words > 1;
    return good ? FAULT_NONE : FAULT_BAD_MAIL;
}

/* ---- the server ------------------------------------------------------------------------------ */

static bool kept(char *to, size_t cap, const char *text)
{
    size_t n = strlen(text);
    if (n >= cap) return false;
    memcpy(to, text, n + 1);
    return true;
}

/* smtp://127.0.0.1…: what is sent leaves this machine by another program. */
static bool is_here(const char *url)
{
    static const char *const here[] = { "smtp://127.0.0.1", "smtp://localhost", "smtp://[::1]" };
    for (size_t i = 0; i < COUNT(here); i++) {
        size_t n = strlen(here[i]);
        if (strncmp(url, here[i], n) == 0 && (url[n] == 0 || url[n] == ':' || url[n] == '/')) return true;
    }
    return false;
}

static bool is_server(const char *url)
{
    bool tls = strncmp(url, "smtps://", 8) == 0;
    const char *host = url + (tls ? 8 : 7);
    if (!tls && strncmp(url, "smtp://", 7) != 0) return false;
    for (const char *p = url; *p; p++) {
        if (*p <= ' ' || *p == 127 || *p == '@') return false; /* who we are stands in the file */
    }
    return *host && *host != ':' && *host != '/';
}

bool mailer_open(Mailer *m, const MailWay *way, const char **why)
{
    *m = (Mailer){ 0 };
    *why = "is no smtp:// or smtps:// address";
    if (!is_server(way->url) || !kept(m->url, sizeof m->url, way->url)) return false;
    *why = "needs --smtp-from ADDRESS, whom the mails are from";
    bool from = way->from && mail_check(NULL, str_of(way->from)) == FAULT_NONE;
    if (!from || !kept(m->from, sizeof m->from, way->from)) return false;
    *why = "the file of --smtp-secret does not say \"USER PASSWORD\"";
    if (way->secret && !secret_pair(way->secret, &m->key)) return false;
    *why = "the file of its roots: its name is too long";
    if (way->roots && !kept(m->roots, sizeof m->roots, way->roots)) return false;
    m->plain = is_here(m->url);
    *why = "libcurl does not start";
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

void mailer_close(Mailer *m)
{
    if (m->url[0]) curl_global_cleanup();
}

/* ---- the letter -------------------------------------------------------------------------------- */

static void out_base64(Out *o, Str bytes)
{
    unsigned char code[LINE_BYTES / 3 * 4 + 1];
    BUG_IF(bytes.n > LINE_BYTES);
    int n = EVP_EncodeBlock(code, (const unsigned char *)bytes.s, (int)bytes.n);
    out_str(o, (Str){ (const char *)code, (size_t)n });
}

/* RFC 2047: encoded words of whole characters, one a line. */
static void out_subject(Out *o, Str subject)
{
    out_str(o, S("Subject:"));
    do {
        Str word = str_first(subject, WORD_BYTES);
        subject = (Str){ subject.s + word.n, subject.n - word.n };
        out_str(o, S(" =?UTF-8?B?"));
        out_base64(o, word);
        out_str(o, S("?=\r\n"));
    } while (subject.n);
}

static void out_day(Out *o, Time t)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    Date d = time_date(t);
    Civil at = date_civil(d);
    int64_t second = t.s - time_at(d, 0, 0).s;
    out_str(o, S("Date: "));
    out_str(o, (Str){ days + 3 * (size_t)date_weekday(d), 3 });
    out_str(o, S(", "));
    out_int(o, at.day);
    out_str(o, S(" "));
    out_str(o, (Str){ months + 3 * (size_t)(at.month - 1), 3 });
    out_str(o, S(" "));
    out_int(o, at.year);
    out_str(o, S(" "));
    out_pad(o, second / 3600, 2);
    out_str(o, S(":"));
    out_pad(o, second / 60 % 60, 2);
    out_str(o, S(":"));
    out_pad(o, second % 60, 2);
    out_str(o, S(" +0800\r\n"));
}

static void out_header(Out *o, const char *name, Str value)
{
    out_str(o, str_of(name));
    out_str(o, S(": "));
    out_str(o, value);
    out_str(o, S("\r\n"));
}

static void out_number(Out *o, const Mailer *by, const Message *m)
{
    Str rest = str_of(by->from);
    (void)str_cut(&rest, '@');
    out_str(o, S("Message-ID: <tiaojie."));
    out_int(o, m->id.n);
    out_str(o, S("@"));
    out_str(o, rest);
    out_str(o, S(">\r\n"));
}

/* Its lines end as those of a mail do. */
static Str with_ends(Arena *mem, Str text)
{
    Out o = { .buf = NEW(mem, char, 2 * text.n + 2), .cap = 2 * text.n + 2 };
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '\n') out_str(&o, S("\r"));
        out_str(&o, (Str){ text.s + i, 1 });
    }
    out_str(&o, S("\r\n"));
    return out_view(&o);
}

static Str letter(Arena *mem, const Mailer *by, const Message *m)
{
    Str text = with_ends(mem, m->text);
    size_t room = HEAD_ROOM + 3 * m->subject.n + 2 * text.n;
    Out o = { .buf = NEW(mem, char, room), .cap = room };
    out_header(&o, "From", str_of(by->from));
    out_header(&o, "To", m->to);
    out_subject(&o, m->subject);
    out_day(&o, m->created);
    out_number(&o, by, m);
    out_header(&o, "Auto-Submitted", S("auto-generated"));
    out_header(&o, "MIME-Version", S("1.0"));
    out_header(&o, "Content-Type", S("text/plain; charset=utf-8"));
    out_header(&o, "Content-Transfer-Encoding", S("base64"));
    for (Str rest = text; rest.n;) {
        Str line = { rest.s, rest.n < LINE_BYTES ? rest.n : LINE_BYTES };
        rest = (Str){ rest.s + line.n, rest.n - line.n };
        out_str(&o, S("\r\n"));
        out_base64(&o, line);
    }
    out_str(&o, S("\r\n"));
    BUG_IF(o.full);
    return out_view(&o);
}

/* ---- giving it ---------------------------------------------------------------------------------- */

typedef struct Talk {
    Str    left;            /* of the letter */
    char   answer[ANSWER];  /* the last line of the server's that was against it */
    size_t n;
} Talk;

static size_t read_letter(char *to, size_t size, size_t n, void *with)
{
    Talk *talk = with;
    size_t most = size * n, part = talk->left.n < most ? talk->left.n : most;
    memcpy(to, talk->left.s, part);
    talk->left = (Str){ talk->left.s + part, talk->left.n - part };
    return part;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the library's type */
static size_t hear(char *line, size_t size, size_t n, void *with)
{
    Talk *talk = with;
    size_t all = size * n;
    Str said = str_first(str_trim((Str){ line, all }), ANSWER);
    bool against = said.n && (said.s[0] == '4' || said.s[0] == '5');
    if (against) memcpy(talk->answer, said.s, said.n);
    if (against) talk->n = said.n;
    return all;
}

static CURL *connection(const Mailer *by, Talk *talk)
{
    CURL *h = curl_easy_init();
    if (!h) return NULL;
    (void)curl_easy_setopt(h, CURLOPT_URL, by->url);
    (void)curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    (void)curl_easy_setopt(h, CURLOPT_PROXY, "");
    (void)curl_easy_setopt(h, CURLOPT_USE_SSL, by->plain ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
    (void)curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)COURIER_WAIT_MS);
    (void)curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    if (by->roots[0]) (void)curl_easy_setopt(h, CURLOPT_CAINFO, by->roots);
    if (by->key.name[0]) (void)curl_easy_setopt(h, CURLOPT_USERNAME, by->key.name);
    if (by->key.name[0]) (void)curl_easy_setopt(h, CURLOPT_PASSWORD, by->key.word);
    (void)curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
    (void)curl_easy_setopt(h, CURLOPT_READFUNCTION, read_letter);
    (void)curl_easy_setopt(h, CURLOPT_READDATA, talk);
    (void)curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, hear);
    (void)curl_easy_setopt(h, CURLOPT_HEADERDATA, talk);
    return h;
}

/* A server that says 5xx of the letter will say so again; what it says of us, or of the line, may pass. */
static Fate fate_of(CURLcode rc, long status)
{
    bool of_us = status == 530 || status == 534 || status == 535 || status == 538;
    bool said = rc == CURLE_SEND_ERROR || rc == CURLE_RECV_ERROR || rc == CURLE_WEIRD_SERVER_REPLY;
    if (rc == CURLE_OK) return FATE_TAKEN;
    return said && status >= 500 && status < 600 && !of_us ? FATE_REFUSED : FATE_LATER;
}

static Str reason(Arena *mem, CURLcode rc, const Talk *talk)
{
    Str why = talk->n ? (Str){ talk->answer, talk->n } : str_of(curl_easy_strerror(rc));
    return str_copy(mem, str_first(why, COURIER_WORDS));
}

static Given send_letter(Ctx *c, const Message *m, Talk *talk)
{
    const Mailer *by = c->house->mailer;
    long status = 0;
    CURL *h = connection(by, talk);
    if (!h) return (Given){ FATE_LATER, S("libcurl does not start") };
    struct curl_slist *to = curl_slist_append(NULL, str_c(c->mem, m->to));
    (void)curl_easy_setopt(h, CURLOPT_MAIL_FROM, by->from);
    (void)curl_easy_setopt(h, CURLOPT_MAIL_RCPT, to);
    CURLcode rc = curl_easy_perform(h);
    (void)curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(h);
    curl_slist_free_all(to);
    if (rc == CURLE_OK) return (Given){ .fate = FATE_TAKEN };
    return (Given){ fate_of(rc, status), reason(c->mem, rc, talk) };
}

static bool there(const Ctx *c)
{
    return c->house->mailer != NULL;
}

static Given give(Ctx *c, const Message *m)
{
    if (mail_check(c, m->to) != FAULT_NONE) return (Given){ FATE_REFUSED, S("not a mail address") };
    Talk talk = { .left = letter(c->mem, c->house->mailer, m) };
    return send_letter(c, m, &talk);
}

const Courier courier_mail = { .channel = { "MAIL", 4 }, .there = there, .give = give };
