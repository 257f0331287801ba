/*
** When meetings are: in the calendars of the office and of the bodies that are asked;
** and a text message on the day before, again if it was put off.
*/
#include "core/outbox.h"
#include "core/tx.h"
#include "law/law.h"
#include "oversight/meetings/seat.h"
#include "register/roster/remind.h"
#include "register/roster/roster.h"

enum { HOURS = 2 }; /* nobody says how long a meeting takes */

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE meeting_told("      /* which time was reminded of */
      "  meeting_id INTEGER NOT NULL, planned INTEGER NOT NULL, PRIMARY KEY(meeting_id, planned)) STRICT;"
      "CREATE INDEX meeting_by_time ON meeting(planned);" },
    { 2, "INSERT INTO event_told(what, id, planned) SELECT 'MEETING', meeting_id, planned FROM meeting_told;"
         "DROP TABLE meeting_told;" },
};

static const Query q_calendar = {
    .name = "meeting_dates.calendar", .in = &calendar_form, .out = &meeting_form,
    .sql = "SELECT m.id, m.title, m.place, m.planned FROM meeting m WHERE m.planned >= :from AND m.planned < :to"
           " AND m.state <> 'CANCELLED' AND (m.org_path = :org_path OR m.id IN (SELECT s.meeting_id FROM meeting_seat s"
           " JOIN org o ON o.id = s.body WHERE o.path = :org_path)) ORDER BY m.planned, m.id LIMIT 500",
};
static const Query q_next = {
    .name = "meeting_dates.next", .in = &soon_form, .out = &meeting_form,
    .sql = "SELECT m.id, m.org, m.title, m.place, m.planned FROM meeting m WHERE m.planned >= :from AND m.planned < :to"
           " AND m.state = 'NOTICED' AND NOT EXISTS(SELECT 1 FROM event_told t WHERE t.what = 'MEETING' AND t.id = m.id"
           " AND t.planned = m.planned) ORDER BY m.planned, m.id LIMIT 50",
};
static const Query *const queries[] = { &q_calendar, &q_next, NULL };

static void calendar(Ctx *c, DateBook *all)
{
    Rows rows = db_list(c, &q_calendar, &all->ask);
    for (size_t i = 0; i < rows.n; i++) {
        const Meeting *m = (const Meeting *)rows.at + i;
        calendar_put(c, all, &(CalendarItem){ .id = m->id, .what = S("MEETING"), .title = m->title,
            .place = m->place, .starts = m->planned, .ends = { m->planned.s + (int64_t)HOURS * 3600 } });
    }
}

static void remind_all(Ctx *c, Id arg)
{
    (void)arg;
    if (!c->law) return;
    Soon span = soon_span(c);
    Rows rows = db_list(c, &q_next, &span);
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Meeting *m = (const Meeting *)rows.at + i;
        meeting_remind(c, m);
        soon_told(c, S("MEETING"), m->id, m->planned);
    }
}

static const JobKind jobs[] = { { .word = "meeting_remind", .run = remind_all, .daily = "08:35" } };

const Slice meeting_dates_slice = {
    .name = "meeting_dates", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .job = jobs,
    .jobs = COUNT(jobs), .calendar = calendar,
};
