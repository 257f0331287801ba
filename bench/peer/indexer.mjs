/*
** The text index, behind the writes and in a file of its own as tiaojie keeps
** it: a thread takes what is queued, a hundred a time, and adds the bigrams.
*/
import Database from "better-sqlite3";

const BATCH = 100;
const folder = process.argv[2];
const db = new Database(`${folder}/tiaojie.db`);
db.pragma("busy_timeout=5000");
const search = new Database(`${folder}/search.db`);
for (const line of ["journal_mode=WAL", "synchronous=OFF", "cache_size=-65536"]) search.pragma(line);
search.exec("CREATE TABLE IF NOT EXISTS doc(id INTEGER PRIMARY KEY, text TEXT NOT NULL, words TEXT NOT NULL) STRICT;"
    + "CREATE VIRTUAL TABLE IF NOT EXISTS fts USING fts5(words, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")");

const oldest = db.prepare("SELECT seq, id FROM search_queue ORDER BY seq LIMIT ?").safeIntegers();
const drop = db.prepare("DELETE FROM search_queue WHERE seq = ?");
const find = db.prepare("SELECT k.applicant, k.respondent, k.no, k.org_path, k.cause, i.facts FROM cases k JOIN intake i ON i.case_id = k.id WHERE k.id = ?");
const people = db.prepare("SELECT name FROM case_party WHERE case_id = ? ORDER BY case_id, id").pluck();
const add_doc = search.prepare("INSERT OR REPLACE INTO doc(id, text, words) VALUES(?, ?, ?)");
const add_fts = search.prepare("INSERT INTO fts(rowid, words) VALUES(?, ?)");

function bigrams(text) {
    const seen = new Set();
    const chars = [...text];
    for (let i = 0; i + 1 < chars.length; i++) {
        if (chars[i] !== "\n" && chars[i + 1] !== "\n") seen.add(chars[i] + chars[i + 1]);
    }
    return [...seen].join(" ");
}

const put = search.transaction((rows) => {
    for (const { id } of rows) {
        const k = find.get(id);
        const text = [k.applicant, k.respondent, k.no, k.facts, ...people.all(id)].join("\n");
        const words = `${bigrams(text)} _s${k.org_path.slice(0, 4)} _s${k.org_path} _c${k.cause}`;
        add_doc.run(id, text, words);
        add_fts.run(id, words);
    }
});
const done = db.transaction((rows) => { for (const { seq } of rows) drop.run(seq); });

function step() {
    const rows = oldest.all(BATCH);
    if (rows.length) {
        put(rows);
        done.immediate(rows);
    }
    setTimeout(step, rows.length === BATCH ? 0 : 1000);
}
step();
