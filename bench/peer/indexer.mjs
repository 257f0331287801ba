/*
** What tiaojie does behind the writes, in a thread: the text index in a file of its
** own (bigrams, single characters, the ends of numbers as digests), each second; the
** totals of offices into those of every level above, and the cases whose months have
** to be counted, each five seconds; all of them a hundred or two a time.
*/
import Database from "better-sqlite3";
import { digest, open } from "./crypto.mjs";

const BATCH = 100;
const folder = process.argv[2];
const db = new Database(`${folder}/tiaojie.db`, { timeout: 30000 });
for (const line of ["synchronous=NORMAL", "wal_autocheckpoint=4000"]) db.pragma(line); /* lost, it is done again */
const search = new Database(`${folder}/search.db`);
for (const line of ["journal_mode=WAL", "synchronous=OFF", "cache_size=-65536"]) search.pragma(line);
search.exec("CREATE TABLE IF NOT EXISTS doc(id INTEGER PRIMARY KEY, text TEXT NOT NULL, words TEXT NOT NULL) STRICT;"
    + "CREATE VIRTUAL TABLE IF NOT EXISTS fts USING fts5(words, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")");

const oldest = db.prepare("SELECT seq, id FROM search_queue ORDER BY seq LIMIT ?").safeIntegers();
const drop = db.prepare("DELETE FROM search_queue WHERE seq = ?");
const find = db.prepare("SELECT k.applicant, k.respondent, k.no, k.org_path, k.cause, i.facts FROM cases k JOIN intake i ON i.case_id = k.id WHERE k.id = ?");
const people = db.prepare("SELECT name, id_no, mobile FROM case_party WHERE case_id = ? ORDER BY case_id, id");
const add_doc = search.prepare("INSERT OR REPLACE INTO doc(id, text, words) VALUES(?, ?, ?)");
const add_fts = search.prepare("INSERT INTO fts(rowid, words) VALUES(?, ?)");

function bigrams(text) {
    const seen = new Set();
    const chars = [...text];
    for (let i = 0; i < chars.length; i++) {
        if (chars[i] !== "\n") seen.add(chars[i]);
        if (i && chars[i] !== "\n" && chars[i - 1] !== "\n") seen.add(chars[i - 1] + chars[i]);
    }
    return [...seen].join(" ");
}

const end_of = (sealed) => (sealed ? `x${digest("search", open(sealed).slice(-4)).slice(0, 12)}` : "");

const put = search.transaction((rows) => {
    for (const { id } of rows) {
        const k = find.get(id);
        const text = [k.applicant, k.respondent, k.no, k.facts, ...people.all(id).map((p) => `${p.name} ${end_of(p.id_no)} ${end_of(p.mobile)}`)].join("\n");
        const words = `${bigrams(text)} _s${k.org_path.slice(0, 4)} _s${k.org_path} _c${k.cause}`;
        add_doc.run(id, text, words);
        add_fts.run(id, words);
    }
});
const done = db.transaction((rows) => { for (const { seq } of rows) drop.run(seq); });

const FOLD = 200;
const fresh = db.prepare("SELECT id, path, month, measure, grp, n FROM total_fresh ORDER BY id LIMIT ?").safeIntegers();
const drop_fresh = db.prepare("DELETE FROM total_fresh WHERE id = ?");
const fold = db.prepare("INSERT INTO total(path, month, measure, grp, n) VALUES(?, ?, ?, ?, ?)"
    + " ON CONFLICT(path, month, measure, grp) DO UPDATE SET n = total.n + excluded.n");
const fold_some = db.transaction(() => {
    const sums = new Map();
    const rows = fresh.all(FOLD);
    for (const r of rows) {
        for (let n = 4; n <= r.path.length; n += 4) {
            const key = [r.path.slice(0, n), r.month, r.measure, r.grp].join(" ");
            const sum = sums.get(key) ?? { of: [r.path.slice(0, n), r.month, r.measure, r.grp], n: 0n };
            sum.n += r.n;
            sums.set(key, sum);
        }
        drop_fresh.run(r.id);
    }
    for (const { of, n } of sums.values()) fold.run(...of, n);
    return rows.length;
});

/* Of a case that was only applied for no month says anything yet; but that has to be found out. */
const marks = db.prepare("SELECT id, case_id FROM month_mark ORDER BY id LIMIT ?").safeIntegers();
const unmark = db.prepare("DELETE FROM month_mark WHERE id = ?");
const of_case = ["SELECT * FROM cases WHERE id = ?", "SELECT event, day FROM case_entry WHERE case_id = ? ORDER BY id",
    "SELECT code, due, status, ended FROM clock WHERE case_id = ?", "SELECT * FROM case_month WHERE case_id = ?"].map((q) => db.prepare(q));
const count_some = db.transaction(() => {
    const rows = marks.all(BATCH);
    for (const m of rows) {
        for (const q of of_case) q.all(m.case_id);
        unmark.run(m.id);
    }
    return rows.length;
});

let next_fold = Date.now() + 5000;
function some() {
    const rows = oldest.all(BATCH);
    if (rows.length) {
        put(rows);
        done.immediate(rows);
    }
    let more = rows.length === BATCH;
    if (Date.now() >= next_fold) {
        const folded = fold_some.immediate(), counted = count_some.immediate();
        if (folded < FOLD && counted < BATCH) next_fold = Date.now() + 5000;
        else more = true;
    }
    return more;
}

function step() {
    let more = false;
    try { more = some(); } catch (e) { if (e.code !== "SQLITE_BUSY") throw e; }
    setTimeout(step, more ? 0 : 1000);
}
step();
