#include "register/organisations/org_dated.h"

#include "core/web.h"

typedef struct SeatRow {
    Id   id, org_id;
    Date day;
    Str  was, region;
} SeatRow;
static const Field seat_fields[] = {
    FIELD(SeatRow, id,     .label = "编号",     .en = "number"),
    FIELD(SeatRow, org_id, .label = "机构",     .en = "organisation"),
    FIELD(SeatRow, day,    .label = "日期",     .en = "from"),
    FIELD(SeatRow, was,    .label = "此前地区", .en = "region before"),
    FIELD(SeatRow, region, .label = "所在地区", .en = "region"),
};
static const Form seat_form = FORM(SeatRow, seat_fields);

typedef struct AreaRow {
    Id   id, org_id;
    Str  area;
    Date from_day, to_day;
} AreaRow;
static const Field area_fields[] = {
    FIELD(AreaRow, id,       .label = "编号",     .en = "number"),
    FIELD(AreaRow, org_id,   .label = "机构",     .en = "organisation"),
    FIELD(AreaRow, area,     .label = "服务区域", .en = "area"),
    FIELD(AreaRow, from_day, .label = "自",       .en = "from"),
    FIELD(AreaRow, to_day,   .label = "至",       .en = "until"),
};
static const Form area_form = FORM(AreaRow, area_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE org_seat("               /* a move, from which day on */
      "  id     INTEGER PRIMARY KEY,"
      "  org_id INTEGER NOT NULL REFERENCES org(id),"
      "  day    TEXT NOT NULL,"
      "  was    TEXT NOT NULL,"
      "  region TEXT NOT NULL) STRICT;"
      "CREATE INDEX org_seat_by_day ON org_seat(org_id, day, id);"
      "CREATE INDEX org_seat_by_was ON org_seat(was, org_id);"
      "CREATE INDEX org_seat_by_region ON org_seat(region, org_id);"
      "CREATE TABLE org_area("               /* whom it served, on which days */
      "  id       INTEGER PRIMARY KEY,"
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  area     TEXT NOT NULL,"
      "  from_day TEXT NOT NULL,"
      "  to_day   TEXT) STRICT;"             /* its first day without */
      "CREATE INDEX org_area_by_area ON org_area(area, org_id);"
      "CREATE INDEX org_area_by_org ON org_area(org_id, area);"
      "INSERT INTO org_area(id, org_id, area, from_day, to_day)"
      " SELECT row_number() OVER (ORDER BY org_id, area), org_id, area, '1900-01-01', NULL FROM org_region;" },
};
static const char *const keeps[] = { "org_seat", NULL };

static const Query q_moved = {
    .name = "org_dated.moved", .in = &seat_form, .quiet = true, /* the change of the organisation says it */
    .sql = "INSERT INTO org_seat(id, org_id, day, was, region) VALUES(:id, :org_id, :day, :was, :region)",
};
static const Query q_seats = {
    .name = "org_dated.seats", .in = &seat_form, .out = &seat_form,
    .sql = "SELECT id, org_id, day, was, region FROM org_seat WHERE org_id = :org_id ORDER BY day, id LIMIT 200",
};
static const Query q_held = {
    .name = "org_dated.held", .in = &area_form, .out = &area_form,
    .sql = "SELECT id, area FROM org_area WHERE org_id = :org_id AND to_day IS NULL ORDER BY area LIMIT 1000",
};
static const Query q_take = {
    .name = "org_dated.take", .in = &area_form, .quiet = true,
    .sql = "INSERT INTO org_area(id, org_id, area, from_day, to_day) VALUES(:id, :org_id, :area, :from_day, NULL)",
};
static const Query q_drop = {
    .name = "org_dated.drop", .in = &area_form, .quiet = true,
    .sql = "UPDATE org_area SET to_day = :to_day WHERE id = :id",
};
static const Query q_forget = {
    .name = "org_dated.forget", .in = &area_form, .quiet = true,
    .sql = "DELETE FROM org_area WHERE org_id = :org_id",
};
static const Query *const queries[] = { &q_moved, &q_seats, &q_held, &q_take, &q_drop, &q_forget, NULL };

void org_moved(Ctx *c, const Org *org, Str region_before)
{
    if (!ok(c) || str_eq(org->region, region_before)) return;
    db_insert(c, &q_moved, &(SeatRow){ .id = id_next(c), .org_id = org->id, .day = c->today,
                                       .was = region_before, .region = org->region });
}

static bool served(Str areas, Str area)
{
    while (areas.n) {
        if (str_eq(str_cut(&areas, ' '), area)) return true;
    }
    return false;
}

static bool held(Rows rows, Str area)
{
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(((const AreaRow *)rows.at)[i].area, area)) return true;
    }
    return false;
}

void org_areas(Ctx *c, const Org *org)
{
    Rows rows = { 0 };
    bool entered = org->version == 1; /* what is said then counts from ever */
    if (!entered) rows = db_list(c, &q_held, &(AreaRow){ .org_id = org->id });
    Date from = entered ? date_of(1900, 1, 1) : c->today;
    for (size_t i = 0; i < rows.n; i++) {
        AreaRow *r = (AreaRow *)rows.at + i;
        r->to_day = c->today;
        if (!served(org->territory, r->area)) db_change(c, &q_drop, r);
    }
    for (Str rest = org->territory; rest.n && ok(c);) {
        AreaRow r = { .id = id_next(c), .org_id = org->id, .area = str_cut(&rest, ' '), .from_day = from };
        if (!held(rows, r.area)) db_insert(c, &q_take, &r);
    }
}

void org_dated_forget(Ctx *c, Id id)
{
    db_change_any(c, &q_forget, &(AreaRow){ .org_id = id });
}

Seats org_seats(Ctx *c, const Org *org)
{
    Rows rows = db_list(c, &q_seats, &(SeatRow){ .org_id = org->id });
    const SeatRow *r = rows.at;
    Seat *seat = NEW(c->mem, Seat, rows.n + 1);
    seat[0].region = rows.n ? r[0].was : org->region;
    for (size_t i = 0; i < rows.n; i++) seat[i + 1] = (Seat){ r[i].day, r[i].region };
    return (Seats){ seat, rows.n + 1 };
}

const Slice org_dated_slice = {
    .name = "org_dated", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
};
