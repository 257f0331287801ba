#include "law/event.h"
#include "law/flow.h"
#include "law/state.h"

/* Words and labels of the procedure's states, events, endings and refusals. */
typedef struct Words {
    const char *code, *word, *zh, *en;
} Words;

#define STATE_ROW(n, code, word, zh, en, terminal) [ST_##n] = { (code), (word), (zh), (en) },
static const Words states[ST__COUNT] = { STATES(STATE_ROW) };
#undef STATE_ROW

// NOLINTNEXTLINE(bugprone-macro-parentheses): a term of the sum below
#define TERMINAL_BIT(n, code, word, zh, en, terminal) + ((terminal) ? IN(n) : 0U)
static const uint32_t terminal_states = 0U STATES(TERMINAL_BIT);
#undef TERMINAL_BIT

#define EVENT_ROW(n, word, zh, en) [EV_##n] = { "", (word), (zh), (en) },
static const Words events[EV__COUNT] = { [EV__NONE] = { "", "", "", "" }, EVENTS(EVENT_ROW) };
#undef EVENT_ROW

#define ENDING_ROW(n, code, zh, en) [END_##n] = { (code), "", (zh), (en) },
static const Words endings[END__COUNT] = { [END_NONE] = { "", "", "", "" }, ENDINGS(ENDING_ROW) };
#undef ENDING_ROW

#define WHY_ROW(n, word, zh, en) [WHY_##n] = { "", (word), (zh), (en) },
static const Words whys[WHY__COUNT] = { WHYS(WHY_ROW) };
#undef WHY_ROW

static const Words *of(const Words *table, size_t n, unsigned i)
{
    BUG_IF(i >= n);
    return &table[i];
}

State state_of(Str word)
{
    for (unsigned s = 1; s < ST__COUNT; s++) {
        if (str_eq(str_of(states[s].word), word)) return (State)s;
    }
    return ST_NONE;
}

const char *state_word(State s)
{
    return of(states, ST__COUNT, s)->word;
}

const char *state_code(State s)
{
    return of(states, ST__COUNT, s)->code;
}

const char *state_zh(State s)
{
    return of(states, ST__COUNT, s)->zh;
}

const char *state_en(State s)
{
    return of(states, ST__COUNT, s)->en;
}

bool state_terminal(State s)
{
    BUG_IF(s >= ST__COUNT);
    return terminal_states & 1U << s;
}

Event event_of(Str word)
{
    for (unsigned e = 1; e < EV__COUNT; e++) {
        if (str_eq(str_of(events[e].word), word)) return (Event)e;
    }
    return EV__NONE;
}

const char *event_word(Event e)
{
    return of(events, EV__COUNT, e)->word;
}

const char *event_zh(Event e)
{
    return of(events, EV__COUNT, e)->zh;
}

const char *event_en(Event e)
{
    return of(events, EV__COUNT, e)->en;
}

Ending ending_of(Str code)
{
    for (unsigned e = 1; e < END__COUNT; e++) {
        if (str_eq(str_of(endings[e].code), code)) return (Ending)e;
    }
    return END_NONE;
}

const char *ending_code(Ending e)
{
    return of(endings, END__COUNT, e)->code;
}

const char *ending_zh(Ending e)
{
    return of(endings, END__COUNT, e)->zh;
}

const char *ending_en(Ending e)
{
    return of(endings, END__COUNT, e)->en;
}

const char *why_word(Why w)
{
    return of(whys, WHY__COUNT, w)->word;
}

const char *why_zh(Why w)
{
    return of(whys, WHY__COUNT, w)->zh;
}

const char *why_en(Why w)
{
    return of(whys, WHY__COUNT, w)->en;
}
