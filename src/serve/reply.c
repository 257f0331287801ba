#include "serve/http.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

const char http_problem_type[] = "application/problem+json; charset=utf-8";

static const struct Reason { int status; const char *text; } reasons[] = {
    { 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" }, { 206, "Partial Content" },
    { 301, "Moved Permanently" }, { 302, "Found" }, { 303, "See Other" }, { 304, "Not Modified" },
    { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" },
    { 405, "Method Not Allowed" }, { 408, "Request Timeout" }, { 409, "Conflict" },
    { 412, "Precondition Failed" }, { 413, "Content Too Large" }, { 414, "URI Too Long" },
    { 415, "Unsupported Media Type" }, { 416, "Range Not Satisfiable" }, { 417, "Expectation Failed" },
    { 421, "Misdirected Request" }, { 422, "Unprocessable Content" }, { 423, "Locked" },
    { 428, "Precondition Required" }, { 429, "Too Many Requests" },
    { 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" }, { 501, "Not Implemented" },
    { 503, "Service Unavailable" }, { 505, "HTTP Version Not Supported" }, { 507, "Insufficient Storage" },
};

/* The server's own errors: status, word, sentence in Chinese and English. */
static const struct Problem { int status; const char *word, *zh, *en; } problems[] = {
    { 400, "bad_request",   "请求不合规范",           "malformed request" },
    { 401, "unauthorised",  "请先登录",               "please sign in" },
    { 404, "not_found",     "没有这条记录或页面",     "no such record or page" },
    { 405, "bad_method",    "此地址不支持该操作",     "not possible at this address" },
    { 408, "too_slow",      "请求未在限定时间内发完", "the request did not arrive in time" },
    { 413, "too_large",     "内容过大",               "too large" },
    { 414, "long_address",  "地址过长",               "the address is too long" },
    { 417, "bad_expect",    "无法满足 Expect 要求",   "this Expect cannot be met" },
    { 421, "wrong_host",    "此服务器不提供该域名",   "this server does not answer for that host" },
    { 431, "long_head",     "请求头过大",             "the request's headers are too large" },
    { 500, "internal",      "系统内部错误",           "internal error" },
    { 501, "bad_method",    "不支持该请求方法",       "this method is not supported" },
    { 503, "busy",          "系统繁忙，请稍后再试",   "busy; try again" },
    { 505, "bad_version",   "不支持该 HTTP 版本",     "this version of HTTP is not supported" },
    { 507, "full",          "存储空间不足",           "out of storage space" },
};

/* Lines that every answer has unless its handler set another: name, value. */
static const struct Line { const char *name, *value; } lines[] = {
    { "Cache-Control", "no-store" },
    { "X-Content-Type-Options", "nosniff" },
    { "Content-Security-Policy",
      "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
      " frame-ancestors 'none'" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Frame-Options", "DENY" },
};

static const char *reason(int status)
{
    for (size_t i = 0; i < COUNT(reasons); i++) {
        if (reasons[i].status == status) return reasons[i].text;
    }
    return "Other";
}

static bool has_line(Str extra, const char *name)
{
    size_t n = strlen(name);
    while (extra.n) {
        Str line = str_cut(&extra, '\n');
        if (line.n > n && line.s[n] == ':' && strncasecmp(line.s, name, n) == 0) return true;
    }
    return false;
}

static void line(Out *o, const char *name, Str value)
{
    out_str(o, str_of(name));
    out_str(o, S(": "));
    out_str(o, value);
    out_str(o, S("\r\n"));
}

static void date_line(Out *o)
{
    char text[64];
    struct tm tm;
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    if (!gmtime_r(&t.tv_sec, &tm)) return;
    size_t n = strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    line(o, "Date", (Str){ text, n });
}

static bool is_bodiless(int status)
{
    return status == 204 || status == 304;
}

void http_head(Out *o, const Reply *r)
{
    out_str(o, S("HTTP/1.1 "));
    out_int(o, r->status);
    out_str(o, S(" "));
    out_str(o, str_of(reason(r->status)));
    out_str(o, S("\r\n"));
    if (!is_bodiless(r->status)) {
        line(o, "Content-Type", str_of(r->type ? r->type : "application/json; charset=utf-8"));
        if (r->length != LENGTH_OPEN) {
            out_str(o, S("Content-Length: "));
            out_int(o, r->length);
            out_str(o, S("\r\n"));
        }
    }
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (!has_line(r->extra, lines[i].name)) line(o, lines[i].name, str_of(lines[i].value));
    }
    line(o, "X-Request-Id", r->id);
    date_line(o);
    if (!r->keep_alive) line(o, "Connection", S("close"));
    out_str(o, r->extra);
    out_str(o, S("\r\n"));
}

static void member(Out *o, Str name, const char *value)
{
    out_str(o, S(","));
    out_json(o, name);
    out_str(o, S(":"));
    out_json(o, str_of(value));
}

void http_problem(Out *o, int status)
{
    const struct Problem *p = NULL;
    for (size_t i = 0; i < COUNT(problems); i++) {
        if (problems[i].status == status) p = &problems[i];
    }
    BUG_IF(!p);
    out_str(o, S("{\"type\":\"about:blank\",\"status\":"));
    out_int(o, status);
    member(o, S("code"), p->word);
    member(o, S("title"), p->zh);
    member(o, S("title_en"), p->en);
    member(o, S("detail"), "");
    out_str(o, S("}"));
}
