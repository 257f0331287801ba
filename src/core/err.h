/*
** Every way a request can fail, once.  Columns: name, HTTP status, the
** stable word clients match on, the sentence people read, in Chinese and
** English.
**
** AGAIN and UNKNOWN are the database's: web_handle() runs the request again
** and a client sees them only when that did not help either.
*/
#ifndef ERR_H
#define ERR_H

#define ERRORS(E)                                                                                \
    E(OK,          200, "ok",            "成功",                     "done")                     \
    E(BAD_JSON,    400, "bad_json",      "请求体不是合法的 JSON",    "the body is not valid JSON") \
    E(BAD_REQUEST, 400, "bad_request",   "请求不合规范",             "malformed request")        \
    E(UNAUTHORISED,401, "unauthorised",  "请先登录",                 "please sign in")           \
    E(BAD_LOGIN,   401, "bad_login",     "账号、密码或验证码不正确", "wrong name, password or code") \
    E(FORBIDDEN,   403, "forbidden",     "无权办理",                 "you have no right to do this") \
    E(FOREIGN,     403, "foreign_origin","请求来源不可信",           "the request comes from another site") \
    E(NEED_REASON, 403, "need_reason",   "查看完整信息须填写理由",   "give a reason to see the full value") \
    E(NOT_FOUND,   404, "not_found",     "没有这条记录或页面",       "no such record or page")   \
    E(BAD_METHOD,  405, "bad_method",    "此地址不支持该操作",       "not possible at this address") \
    E(WRONG_STATE, 409, "wrong_state",   "案件当前阶段不能办理此事项", "not possible at the case's present stage") \
    E(CLASH,       409, "clash",         "与已有记录冲突",           "conflicts with an existing record") \
    E(BLOCKED,     409, "blocked",       "条件不具备，不能办理",     "a condition is not met")   \
    E(STALE,       412, "stale",         "记录已被他人修改，请刷新后重试", "changed by somebody else; reload and try again") \
    E(TOO_LARGE,   413, "too_large",     "内容过大",                 "too large")                \
    E(BAD_TYPE,    415, "bad_type",      "文件类型不允许或与名称不符", "file type not allowed, or not what its name says") \
    E(BAD_RANGE,   416, "bad_range",     "请求的范围不存在",         "no such range")            \
    E(INVALID,     422, "invalid",       "填写内容有误",             "some fields are not right") \
    E(KEY_REUSED,  422, "key_reused",    "同一请求号用于不同内容",   "the same Idempotency-Key with other content") \
    E(LOCKED,      423, "locked",        "账号已锁定，请稍后再试",   "locked; try again later")  \
    E(NEED_MATCH,  428, "need_match",    "修改须带 If-Match",        "an edit needs If-Match")   \
    E(TOO_MANY,    429, "too_many",      "操作过于频繁，请稍后再试", "too many attempts; try again later") \
    E(INTERNAL,    500, "internal",      "系统内部错误",             "internal error")           \
    E(AGAIN,       503, "busy",          "系统繁忙，请稍后再试",     "busy; try again")          \
    E(UNKNOWN,     503, "unknown",       "结果尚不确定，请用同一请求号重试", "outcome unknown; repeat with the same key") \
    E(FULL,        507, "full",          "存储空间不足",             "out of storage space")

typedef enum Err {
#define ERR_NAME(name, http, word, zh, en) ERR_##name,
    ERRORS(ERR_NAME)
#undef ERR_NAME
    ERR__COUNT
} Err;

typedef struct ErrInfo {
    int         http;
    const char *word;
    const char *zh, *en;
} ErrInfo;

extern const ErrInfo err_info[ERR__COUNT];

#endif
