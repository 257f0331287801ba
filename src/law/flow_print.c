#include "law/flow.h"

/* The procedure printed: as a Markdown table and graph for the lawyers, as JSON. */

static void put(Out *o, const char *text)
{
    out_str(o, str_of(text));
}

static void put_states(Out *o, uint32_t set, const char *between, bool words)
{
    bool more = false;
    for (unsigned s = 0; s < ST__COUNT; s++) {
        if (!(set & 1U << s)) continue;
        if (more) put(o, between);
        put(o, words ? state_word((State)s) : s == ST_NONE ? "–" : state_code((State)s));
        more = true;
    }
}

static void put_roles(Out *o, uint32_t set)
{
    bool more = false;
    for (unsigned r = 1; r < ROLE__COUNT; r++) {
        if (!(set & role_bit((Role)r))) continue;
        if (more) put(o, " ");
        put(o, role_code((Role)r));
        more = true;
    }
}

static const char *target(State to)
{
    if (to == ST__SAME) return "=";
    return to == ST__BEFORE ? "before closing" : state_code(to);
}

/* The clocks of a step: +C-MED starts, -C-ACC stops, and those paused, resumed, extended. */
static void put_clocks(Out *o, const Step *s)
{
    const struct { const char *list, *mark; } kinds[] = {
        { s->starts, "+" }, { s->stops, "−" }, { s->pauses, "pause " },
        { s->resumes, "resume " }, { s->extends, "extend " }, { s->limitation, "" },
    };
    bool more = false;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        Str rest = str_of(kinds[i].list);
        while (rest.n) {
            if (more) put(o, ", ");
            put(o, kinds[i].mark);
            out_str(o, str_cut(&rest, ' '));
            more = true;
        }
    }
}

static void put_row(Out *o, const Step *s)
{
    put(o, "| ");
    out_int(o, s->row);
    put(o, " | ");
    put_states(o, s->from, " ", false);
    put(o, " | ");
    put(o, event_zh(s->event));
    put(o, " `");
    put(o, event_word(s->event));
    put(o, "` | ");
    put(o, target(s->to));
    put(o, " | ");
    put_roles(o, s->who);
    if (s->sides == APPLICANT) put(o, " (applicant's side)");
    put(o, " | ");
    put_roles(o, s->approval);
    put(o, " | ");
    put_clocks(o, s);
    put(o, " | ");
    put(o, s->papers);
    put(o, " | ");
    put(o, s->law);
    put(o, " |\n");
}

static void put_arrow(Out *o, unsigned from, const Step *s)
{
    put(o, "    ");
    put(o, from == ST_NONE ? "[*]" : state_code((State)from));
    put(o, " --> ");
    put(o, state_code(s->to));
    put(o, " : ");
    put(o, event_zh(s->event));
    put(o, "\n");
}

void flow_graph(Out *o)
{
    put(o, "stateDiagram-v2\n");
    for (unsigned s = 1; s < ST__COUNT; s++) {
        put(o, "    ");
        put(o, state_code((State)s));
        put(o, " : ");
        put(o, state_zh((State)s));
        put(o, "\n");
    }
    for (size_t i = 0; i < flow_n; i++) {
        for (unsigned s = 0; s < ST__COUNT; s++) {
            if (flow[i].to < ST__COUNT && flow[i].from & 1U << s) put_arrow(o, s, &flow[i]);
        }
    }
}

static void put_states_table(Out *o)
{
    put(o, "| Code | State | Word | Terminal |\n|---|---|---|---|\n");
    for (unsigned s = 1; s < ST__COUNT; s++) {
        put(o, "| ");
        put(o, state_code((State)s));
        put(o, " | ");
        put(o, state_zh((State)s));
        put(o, " ");
        put(o, state_en((State)s));
        put(o, " | `");
        put(o, state_word((State)s));
        put(o, state_terminal((State)s) ? "` | yes |\n" : "` | |\n");
    }
}

static void put_roles_table(Out *o)
{
    put(o, "| Code | Role | Word |\n|---|---|---|\n");
    for (unsigned r = 1; r < ROLE__COUNT; r++) {
        put(o, "| ");
        put(o, role_code((Role)r));
        put(o, " | ");
        put(o, role_zh((Role)r));
        put(o, " ");
        put(o, role_en((Role)r));
        put(o, " | `");
        put(o, role_word((Role)r));
        put(o, "` |\n");
    }
}

void flow_markdown(Out *o)
{
    put(o, "# The procedure\n\nPrinted by `tiaojie law flow --markdown` from `src/law/flow.c`; edit that.\n\n"
           "A party is bound by no step: mediation may be ended, and arbitration or suit begun, at any time\n"
           "(调解仲裁法 5, 2008). `=` keeps the state; `+` starts a clock, `−` stops it; LIM says how a step\n"
           "interrupts the limitation of arbitration. A step without a law is the product's policy.\n\n## States\n\n");
    put_states_table(o);
    put(o, "\n## Steps\n\n| T | From | Event | To | Who | Approved by | Clocks | Papers | Law |\n"
           "|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < flow_n; i++) put_row(o, &flow[i]);
    put(o, "\n## Graph\n\n```mermaid\n");
    flow_graph(o);
    put(o, "```\n\n## Roles\n\n");
    put_roles_table(o);
}

static void put_member(Out *o, const char *key, const char *value)
{
    put(o, ",\"");
    put(o, key);
    put(o, "\":");
    out_json(o, str_of(value));
}

static void put_step(Out *o, const Step *s)
{
    put(o, "{\"row\":");
    out_int(o, s->row);
    put(o, ",\"from\":\"");
    put_states(o, s->from, " ", true);
    put(o, "\"");
    put_member(o, "event", event_word(s->event));
    put_member(o, "label", event_zh(s->event));
    put_member(o, "label_en", event_en(s->event));
    put_member(o, "to", s->to == ST__SAME ? "=" : s->to == ST__BEFORE ? "<" : state_word(s->to));
    put(o, ",\"who\":\"");
    roles_write(o, s->who);
    put(o, "\",\"approval\":\"");
    roles_write(o, s->approval);
    put(o, s->sides == APPLICANT ? "\",\"side\":\"applicant\"" : "\",\"side\":\"\"");
    put_member(o, "starts", s->starts);
    put_member(o, "stops", s->stops);
    put_member(o, "pauses", s->pauses);
    put_member(o, "resumes", s->resumes);
    put_member(o, "extends", s->extends);
    put_member(o, "limitation", s->limitation);
    put_member(o, "papers", s->papers);
    put_member(o, "law", s->law);
    put(o, "}");
}

void flow_json(Out *o)
{
    put(o, "[");
    for (size_t i = 0; i < flow_n; i++) {
        if (i) put(o, ",\n ");
        put_step(o, &flow[i]);
    }
    put(o, "]\n");
}
