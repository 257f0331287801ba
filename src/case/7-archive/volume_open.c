/*
** Volumes that are not made yet, of all cases of an office: being made, waiting for
** the seal platform, failed and not asked for again.
*/
#include "case/7-archive/volume.h"

#include "paper/sign.h"
#include "paper/sign_why.h"
#include "register/organisations/organisations.h"

typedef struct OpenVolume {
    Id      id, case_id;
    Str     case_no, applicant, respondent, kind, format, state, error, error_zh;
    int64_t done, whole, attempts;
    Time    asked_at, lease;
    Str     org_path, path_end;
    bool    waits;   /* for a seal platform elsewhere */
} OpenVolume;
static const Field open_fields[] = {
    FIELD(OpenVolume, id,         .label = "编号", .en = "id"),
    FIELD(OpenVolume, case_id,    .label = "案件", .en = "case"),
    FIELD(OpenVolume, case_no,    .label = "登记号", .en = "registration number"),
    FIELD(OpenVolume, applicant,  .label = "申请人", .en = "applicant"),
    FIELD(OpenVolume, respondent, .label = "被申请人", .en = "respondent"),
    FIELD(OpenVolume, kind,       .label = "卷", .en = "volume", .codes = &volume_kinds),
    FIELD(OpenVolume, format,     .label = "格式", .en = "format", .codes = &volume_formats),
    FIELD(OpenVolume, state,      .label = "状态", .en = "state", .codes = &volume_states),
    FIELD(OpenVolume, error,      .label = "原因（英文）", .en = "what is wrong"),
    FIELD(OpenVolume, error_zh,   .label = "原因", .en = "what is wrong, in Chinese"),
    FIELD(OpenVolume, done,       .label = "已完成", .en = "done so far"),
    FIELD(OpenVolume, whole,      .label = "总数", .en = "of so many"),
    FIELD(OpenVolume, attempts,   .label = "次数", .en = "attempts"),
    FIELD(OpenVolume, asked_at,   .label = "申请时间", .en = "asked at"),
    FIELD(OpenVolume, lease,      .label = "下次", .en = "next try"),
    FIELD(OpenVolume, org_path,   .rule = HIDDEN),
    FIELD(OpenVolume, path_end,   .rule = HIDDEN),
    FIELD(OpenVolume, waits,      .label = "由印章平台用印", .en = "signed by a seal platform"),
};
static const Form open_form = FORM(OpenVolume, open_fields);

/* Failed ones as long as nobody asked again. */
static const Query q_open = {
    .name = "volume.open", .in = &open_form, .out = &open_form,
    .sql = "SELECT a.id, a.case_id, k.no AS case_no, k.applicant, k.respondent, a.kind, a.format, a.state, a.error,"
           " a.done, a.whole, a.attempts, a.asked_at, a.lease FROM volume_ask a JOIN cases k ON k.id = a.case_id"
           " WHERE a.state IN ('asked', 'failed') AND k.org_path >= :org_path AND k.org_path < :path_end"
           " AND NOT EXISTS (SELECT 1 FROM volume_ask b WHERE b.case_id = a.case_id AND b.kind = a.kind"
           "   AND b.format = a.format AND b.id > a.id)"
           " ORDER BY a.state, a.lease, a.id LIMIT 200",
};
static const Query *const queries[] = { &q_open, NULL };

static void show_open(Ctx *c)
{
    size_t n = 0;
    const Str path = c->who.org_path;
    const Signer *s = c->house->signer;
    Rows rows = db_list(c, &q_open, &(OpenVolume){ .org_path = path, .path_end = path_end(c->mem, path) });
    OpenVolume *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (!volume_sees(c, row[i].kind)) continue;
        row[n] = row[i];
        row[n].error_zh = signer_why_zh(row[n].error);
        row[n++].waits = s && s->kind->remote;
    }
    reply_rows(c, &open_form, (Rows){ row, n }, (Str){ 0 });
}

enum { READERS = ARCHIVIST | HEAD | CLERK | MEDIATORS };

static const Route routes[] = {
    { "GET", "/api/v1/volumes/open", READERS, show_open, "未制成的卷宗", "volumes that are not made yet",
      .out = &open_form, .list = true },
};

const Slice volume_open_slice = {
    .name = "volume_open", .query = queries, .route = routes, .routes = COUNT(routes),
};
