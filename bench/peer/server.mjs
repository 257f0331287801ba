/*
** node server.mjs FOLDER PORT: two requests of tiaojie by the usual means of
** Node: Fastify with compiled JSON schemas in and out, better-sqlite3 with
** prepared statements, WAL, synchronous=FULL.  FOLDER holds a copy of a
** database that tiaojie made, so tables, indexes and triggers are the same.
**
**   POST /api/v1/cases      checks, and stores the rows tiaojie stores
**   GET  /api/v1/cases/:id  and /api/v1/cases/:id/intake
**
** Where it may do less than tiaojie it does: it judges no thresholds, and the
** steps of a period are none.  better-sqlite3 is synchronous, so each transaction
** waits for its own fsync; with GROUP=1 those that came in together, in one turn
** of the event loop, share one: a savepoint each, and the answers after COMMIT.
*/
import Fastify from "fastify";
import Database from "better-sqlite3";
import { Worker } from "node:worker_threads";
import { existsSync } from "node:fs";
import { case_body, problem } from "./schema.mjs";
import { digest, open, seal, sha256 } from "./crypto.mjs";
import { birth_of, check_case } from "./rules.mjs";

const [folder, port] = process.argv.slice(2);
const db = new Database(`${folder}/tiaojie.db`, { timeout: 30000 });
for (const line of ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=4000",
    "cache_size=-65536", "mmap_size=1073741824"]) db.pragma(line);

/* ---- rows ------------------------------------------------------------------------- */

/* A prepared INSERT of all columns; what a row lacks is '' or 0 or NULL, as the
** column allows. */
function adder(table) {
    const columns = db.pragma(`table_info(${table})`);
    const names = columns.map((c) => c.name);
    const empty = columns.map((c) => (!c.notnull && !c.pk ? null : c.type === "TEXT" ? "" : 0));
    const sql = `INSERT INTO ${table}(${names.map((n) => `"${n}"`)}) VALUES(${names.map(() => "?")})`;
    const statement = db.prepare(sql);
    return (trail, row) => {
        const values = new Array(names.length);
        for (let i = 0; i < names.length; i++) {
            const v = row[names[i]];
            values[i] = v === undefined ? empty[i] : v === true ? 1 : v === false ? 0 : v;
        }
        statement.run(values);
        if (trail) trail.push([table, row]);
    };
}
const add = Object.fromEntries(["cases", "case_scope", "case_entry", "intake", "case_party", "claim", "clock", "limit_event",
    "total_fresh", "party_receipt", "task", "search_queue", "month_mark", "paper", "answer", "audit", "employer"].map((t) => [t, adder(t)]));

const text = (t, c) => `CAST(${t}.${c} AS TEXT) AS ${c}`;
const find_session = db.prepare("SELECT CAST(id AS TEXT) AS id, kind, CAST(holder AS TEXT) AS holder, roles, CAST(org AS TEXT) AS org,"
    + " org_path, duty, seen, expires, ended, idle_s FROM session WHERE digest = ?");
const find_org = db.prepare("SELECT path, takes_cases FROM org WHERE id = ?");
const find_employer = db.prepare("SELECT CAST(id AS TEXT) AS id, name, uscc, merged_into, version FROM employer WHERE uscc = ? AND uscc <> ''");
const find_employer_named = db.prepare("SELECT CAST(id AS TEXT) AS id, uscc FROM employer WHERE name_key = ? LIMIT 1");
const find_same = db.prepare("SELECT CAST(k.id AS TEXT) AS id FROM case_party p JOIN cases k ON k.id = p.case_id"
    + " WHERE p.id_digest = ? AND p.id_digest <> '' AND p.case_id <> ? AND k.respondent = ? AND k.cause = ?"
    + " AND k.state NOT IN ('closed', 'archived') ORDER BY p.id DESC LIMIT 20");
const find_answer = db.prepare("SELECT path, digest, status, body FROM answer WHERE actor = ? AND key = ?");
const ids = new Set(["id", "case_id", "org", "owner", "employer_id", "mediator_id"]);
function reader(table, tail) {
    const names = db.pragma(`table_info(${table})`).map((c) => c.name);
    return db.prepare(`SELECT ${names.map((n) => (ids.has(n) ? text(table, n) : `"${n}"`))} FROM ${table} WHERE ${tail}`);
}
const get_case = reader("cases", "id = ?");
const get_intake = reader("intake", "case_id = ?");
const get_parties = reader("case_party", "case_id = ? ORDER BY case_id, id");
const get_claims = reader("claim", "case_id = ? ORDER BY case_id, no");

let last = 0n;
function next_id() {
    const now = BigInt(Date.now() - 1546300800000) << 22n;
    last = last + 1024n > now ? last + 1024n : now;
    return last;
}

/* ---- days ------------------------------------------------------------------------- */

const DAY = 86400000;
const china = (ms) => new Date(ms + 8 * 3600000).toISOString();
const iso_time = (s) => `${china(s * 1000).slice(0, 19)}+08:00`;
const rests = new Set(db.prepare("SELECT 1 WHERE 0").all()); /* public holidays: none lies in the week that is measured */
function working_days(day, n) {
    let t = Date.parse(day);
    while (n > 0) {
        t += DAY;
        const w = new Date(t).getUTCDay();
        if (w !== 0 && w !== 6 && !rests.has(t)) n--;
    }
    return new Date(t).toISOString().slice(0, 10);
}

/* ---- who asks ---------------------------------------------------------------------- */

function session_of(req) {
    const found = /(?:^|;\s*)tj=([^;]+)/.exec(req.headers.cookie ?? "");
    const s = found && find_session.get(sha256(found[1]));
    const now = Date.now() / 1000;
    return s && !s.ended && now < s.expires && (!s.idle_s || now < s.seen + s.idle_s) && !s.duty ? s : null;
}

/* ---- registering ------------------------------------------------------------------- */

function clock(k, code, due, on_expiry) {
    return { id: next_id(), case_id: k.id, org_path: k.org_path, code, start: k.filed, natural_end: due, due, status: "running",
        calendar: "2026/678/fefdb82e", on_expiry };
}

function employer_of(trail, p, region) {
    const e = find_employer.get(p.uscc) ?? find_employer_named.get(p.name);
    if (e) return BigInt(e.id);
    const id = next_id();
    add.employer(trail, { id, name: p.name, name_key: p.name, uscc: p.uscc, emp_type: p.emp_type, industry: p.industry,
        staff: p.staff ?? 0, region: p.reg_region ?? region, region_performance: region, legal_rep: p.legal_rep, status: "ACTIVE",
        version: 1 });
    return id;
}

const lane = { id: 0n, seq: 0, hash: "0".repeat(64) };

/* Sealed values are told as digests. */
function told(trail) {
    return JSON.stringify(trail, (name, v) => (typeof v === "bigint" ? String(v)
        : typeof v === "string" && v.startsWith("x1.") ? digest(name, v) : v));
}

function write_audit(s, action, subject, trail) {
    if (lane.id === 0n) lane.id = next_id();
    const e = { lane: lane.id, seq: lane.seq + 1, at_ms: Date.now(), actor: BigInt(s.holder), session: BigInt(s.id),
        org_path: s.org_path, action, subject, reason: "", detail: told(trail), prev: lane.hash };
    e.hash = sha256([e.lane, e.seq, e.at_ms, e.actor, e.session, e.subject, e.org_path, e.action, e.reason, e.detail, e.prev, ""].join("\n"));
    add.audit(null, e);
    return e;
}

function scopes(path) {
    const list = [];
    for (let n = 4; n <= path.length; n += 4) list.push(path.slice(0, n));
    return list;
}

const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
function code_new() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return [...bytes].map((b, i) => (i && i % 4 === 0 ? "-" : "") + letters[b % 32]).join("");
}

function store_people(trail, k, body) {
    for (const p of body.parties) {
        const b = p.id_no && p.id_type === "ID" ? birth_of(p.id_no) : {};
        const id = next_id();
        if (p.side === "APPL") k.person = { id, ...p, id_digest: digest("id_no", p.id_no) };
        add.case_party(trail, { ...p, id, case_id: k.id, part: p.part ?? "PARTY", id_no: seal(p.id_no), id_digest: digest("id_no", p.id_no),
            mobile: seal(p.mobile), mobile_digest: digest("mobile", p.mobile), sex: b.sex, birth: b.birth ?? null,
            tags: (p.tags ?? []).join(" "), version: 1 });
    }
    body.claims.forEach((c, i) => add.claim(trail, { ...c, id: next_id(), case_id: k.id, no: i + 1, amount: Number(c.amount ?? 0) }));
}

function entry(s, k, event, from_state, to_state, note) {
    return { id: next_id(), case_id: k.id, event, from_state, to_state, actor: BigInt(s.holder), roles: s.roles, at: k.filed_at,
        day: k.filed, note };
}

function store_case(trail, s, k, body) {
    add.cases(trail, k);
    for (const scope of scopes(k.org_path)) {
        add.case_scope(null, { scope, state: "S02", day: Math.round((Date.parse(k.filed) - Date.parse("1899-12-31")) / DAY), id: k.id });
    }
    add.search_queue(null, { seq: next_id(), id: k.id });
    add.month_mark(null, { id: next_id(), case_id: k.id, path: k.org_path });
    add.case_entry(trail, entry(s, k, "start", "", "draft", ""));
    add.intake(trail, { ...body, case_id: k.id, org: k.org, source: "SELF", relation: body.relation ?? "LABOUR", filed_at: k.filed_at,
        wage: Number(body.wage), wage12: Number(body.wage12 ?? 0), insured: "", matters: "", aid: "", urgent: "" });
    store_people(trail, k, body);
    add.clock(trail, clock(k, "C-ACC", k.answer_by, "alarm"));
    add.clock(trail, clock(k, "C-RIGHT15", new Date(Date.parse(k.filed) + 15 * DAY).toISOString().slice(0, 10), "inform"));
    add.case_entry(trail, entry(s, k, "submit", "draft", "submitted", body.channel));
    add.paper(trail, { id: next_id(), case_id: k.id, code: "D02", event: "submit", state: "due", due_on: k.filed });
    add.limit_event(trail, { id: next_id(), case_id: k.id, kind: "LIM-2", day: k.filed });
    const month = Number(k.filed.slice(0, 4) + k.filed.slice(5, 7));
    for (const [measure, n] of [["submitted", 1], ["open", 1], ["workers", k.workers], ["claimed", k.amount]]) {
        add.total_fresh(null, { id: next_id(), path: k.org_path, month, measure, grp: "PAY", n });
    }
}

function receipt(trail, k) {
    const code = code_new();
    add.party_receipt(trail, { id: next_id(), digest: digest("receipt", code + k.person.mobile), phone: seal(k.person.mobile),
        case_id: k.id, side: 1, person: k.person.id, role: "party", created: k.filed_at });
    return code;
}

const register = db.transaction((s, key, body, raw) => {
    const trail = [];
    const org = find_org.get(BigInt(s.org));
    if (!org || !org.takes_cases) return problem(422, "org");
    const worker = body.parties.find((p) => p.side === "APPL"), employer = body.parties.find((p) => p.kind === "EMPLOYER");
    const now = Math.floor(Date.now() / 1000), filed = china(now * 1000).slice(0, 10);
    const k = { id: next_id(), org: BigInt(s.org), org_path: org.path, owner: BigInt(s.org), owner_path: org.path, state: "submitted",
        channel: body.channel, source: "SELF", mode: body.mode, appl_type: body.appl_type, applicant: worker.name,
        respondent: employer.name, employer_id: employer_of(trail, employer, body.region), cause: body.claims[0].cause,
        causes: body.claims.map((c) => c.cause).join(" "), region: body.region, industry: employer.industry, workers: 1,
        amount: body.claims.reduce((n, c) => n + Number(c.amount ?? 0), 0), filed_at: now, filed, version: 2 };
    k.answer_by = working_days(filed, 3);
    store_case(trail, s, k, body);
    const code = receipt(trail, k);
    add.task(trail, { id: next_id(), case_id: k.id, org_path: k.org_path, kind: "register", role: "clerk", due: now + 86400, state: "open" });
    const linked = find_same.all(k.person.id_digest, k.id, k.respondent, k.cause);
    const answer = JSON.stringify({ id: String(k.id), state: k.state, receipt: code, filed, filed_at: iso_time(now),
        answer_by: k.answer_by, linked });
    add.answer(null, { actor: BigInt(s.holder), key, path: "/api/v1/cases", digest: sha256(raw), status: 201, body: seal(answer), day: filed });
    return { status: 201, text: answer, entry: write_audit(s, "POST /api/v1/cases", k.id, trail) };
});

/* ---- one commit for those that came together -------------------------------------- */

/* A transaction inside one of better-sqlite3's is a savepoint. */
const waiting = [];
const together = db.transaction((list) => {
    for (const w of list) {
        try {
            w.done = register(w.s, w.key, w.body, w.raw);
            keep_chain(w.done);
        } catch (e) { w.failed = e; }
    }
});

function flush() {
    const list = waiting.splice(0);
    const before = { ...lane };
    try { together.immediate(list); } catch (e) {
        Object.assign(lane, before);
        for (const w of list) w.failed = e;
    }
    for (const w of list) w.told();
}

function register_together(w) {
    return new Promise((told) => {
        if (waiting.push({ ...w, told: function () { told(this); } }) === 1) setImmediate(flush);
    });
}

/* Kept: the chain goes on from it. */
function keep_chain(done) {
    if (done.entry) Object.assign(lane, { seq: done.entry.seq, hash: done.entry.hash });
}

/* ---- reading ----------------------------------------------------------------------- */

function case_out(k) {
    return { ...k, amount: String(k.amount), filed_at: iso_time(k.filed_at), employer_id: k.employer_id === "0" ? null : k.employer_id,
        mediator_id: k.mediator_id === "0" ? null : k.mediator_id, synthetic: k.synthetic !== 0 };
}

const words = (t) => (t ? t.split(" ") : []);
const stars = (t, head, tail) => (t ? t.slice(0, head) + "*".repeat(t.length - head - tail) + t.slice(-tail) : "");
function party_out(p) {
    return { ...p, id_no: stars(open(p.id_no), 6, 4), mobile: stars(open(p.mobile), 3, 4), e_service: p.e_service !== 0, tags: words(p.tags),
        has_union: p.has_union !== 0, has_committee: p.has_committee !== 0, consents: p.consents !== 0 };
}

const flags = ["employed", "online_ok", "rec_ok", "truthful", "privacy", "sensitive", "read_back", "consent"];
function intake_out(i, parties, claims) {
    const out = { ...i, filed_at: iso_time(i.filed_at), wage: String(i.wage), wage12: String(i.wage12), insured: words(i.insured),
        matters: words(i.matters), aid: words(i.aid), urgent: words(i.urgent), parties: parties.map(party_out),
        claims: claims.map((c) => ({ ...c, amount: String(c.amount) })) };
    for (const f of flags) out[f] = i[f] !== 0;
    return out;
}

/* fast-json-stringify wants to know what comes; the columns tell. */
function shape(table, strings, bools, more = {}, without = []) {
    const properties = {};
    for (const c of db.pragma(`table_info(${table})`)) {
        if (without.includes(c.name)) continue;
        const text = c.type === "TEXT" || strings.includes(c.name) || ids.has(c.name);
        properties[c.name] = bools.includes(c.name) ? { type: "boolean" } : text ? { type: "string", nullable: true } : { type: "integer" };
    }
    return { type: "object", properties: { ...properties, ...more } };
}
const list = { type: "array", items: { type: "string" } };
const case_shape = shape("cases", ["amount", "filed_at"], ["synthetic"], {}, ["owner_path", "before"]);
const party_shape = shape("case_party", [], ["e_service", "has_union", "has_committee", "consents"], { tags: list }, ["id_digest", "mobile_digest"]);
const intake_shape = shape("intake", ["filed_at", "wage", "wage12"], flags, { insured: list, matters: list, aid: list, urgent: list,
    parties: { type: "array", items: party_shape }, claims: { type: "array", items: shape("claim", ["amount"], []) } });

/* ---- the server --------------------------------------------------------------------- */

const app = Fastify({ logger: false, bodyLimit: 1048576, ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } } });
app.removeContentTypeParser("application/json");
app.addContentTypeParser("application/json", { parseAs: "string" }, (req, raw, done) => {
    req.raw_body = raw;
    try { done(null, JSON.parse(raw)); } catch { done(Object.assign(new Error("json"), { statusCode: 400 })); }
});
const headers = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

function admit(req, reply) {
    reply.headers(headers).header("X-Request-Id", req.id);
    const s = session_of(req);
    if (!s) reply.code(401).send({ code: "unauthorised" });
    return s;
}

function answer_registered(reply, w) {
    if (w.failed) {
        const before = w.failed.code === "SQLITE_CONSTRAINT_PRIMARYKEY" && find_answer.get(BigInt(w.s.holder), w.key);
        if (!before) throw w.failed;
        return reply.code(before.status).type("application/json; charset=utf-8").send(open(before.body));
    }
    return reply.code(w.done.status).type("application/json; charset=utf-8").send(w.done.text);
}

/* The application, or undefined after the answer that refuses it. */
function applied(req, reply) {
    const s = admit(req, reply);
    if (!s) return undefined;
    const bad = check_case(req.body);
    if (bad.length) {
        reply.code(422).send({ code: "invalid", errors: bad });
        return undefined;
    }
    return { s, key: req.headers["idempotency-key"] ?? `own-${next_id()}`, body: req.body, raw: req.raw_body };
}

function post_alone(req, reply) {
    const w = applied(req, reply);
    if (!w) return;
    try {
        w.done = register.immediate(w.s, w.key, w.body, w.raw);
        keep_chain(w.done);
    } catch (e) { w.failed = e; }
    answer_registered(reply, w);
}

async function post_together(req, reply) {
    const w = applied(req, reply);
    return w ? answer_registered(reply, await register_together(w)) : reply;
}

app.post("/api/v1/cases", { schema: { body: case_body } }, process.env.GROUP ? post_together : post_alone);

function see(req, reply) {
    const s = admit(req, reply);
    if (!s) return null;
    const k = /^\d{1,19}$/.test(req.params.id) && get_case.get(BigInt(req.params.id));
    if (k && (k.org_path.startsWith(s.org_path) || k.owner_path.startsWith(s.org_path))) return k;
    reply.code(404).send({ code: "not_found" });
    return null;
}

app.get("/api/v1/cases/:id", { schema: { response: { 200: case_shape } } }, (req, reply) => {
    const k = see(req, reply);
    if (k) reply.header("ETag", `"${k.version}"`).send(case_out(k));
});

app.get("/api/v1/cases/:id/intake", { schema: { response: { 200: intake_shape } } }, (req, reply) => {
    const k = see(req, reply);
    if (!k) return;
    const id = BigInt(req.params.id);
    reply.header("ETag", `"${k.version}"`).send(intake_out(get_intake.get(id), get_parties.all(id), get_claims.all(id)));
});

if (existsSync(`${folder}/index`)) new Worker(new URL("./indexer.mjs", import.meta.url), { argv: [folder] });
await app.listen({ host: "127.0.0.1", port: Number(port) });
console.log(`listening on http://127.0.0.1:${app.server.address().port}`);
