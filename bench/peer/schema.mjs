/* The application as a JSON schema: Fastify compiles it. */
const text = (max, min = 0) => ({ type: "string", minLength: min, maxLength: max });
const date = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$" };
const word = (...words) => ({ type: "string", enum: words });
const fen = { type: "string", pattern: "^\\d{1,12}$" };
const region = { type: "string", pattern: "^(\\d{2}|\\d{4}|\\d{6}|\\d{9})$" };
const yes = { type: "boolean" };
const object = (required, properties) => ({ type: "object", additionalProperties: false, required, properties });

const party = object(["side", "kind", "name"], {
    side: word("APPL", "RESP", "THIRD"), part: word("PARTY", "AGENT", "REP"), kind: word("WORKER", "EMPLOYER"), name: text(100, 2),
    id_type: word("ID", "PASSPORT", "HMT", "FOREIGN"), id_no: text(40), sex: word("M", "F"), birth: date, ethnic: text(20),
    mobile: { type: "string", pattern: "^[0-9 +-]{7,20}$" }, region, addr: text(200), svc_addr: text(200), e_service: yes,
    tags: { type: "array", items: word("RURAL", "DISP", "NEF", "FEMALE3", "INJURED", "DISABLED", "MINOR16_18", "OVERAGE", "FOREIGN",
        "HK_MO_TW", "GRAD", "VETERAN") },
    uscc: text(18), no_uscc: text(100), emp_type: text(20), industry: { type: "string", pattern: "^[A-T](\\d\\d)?$" },
    staff: { type: "integer", minimum: 0, maximum: 10000000 }, reg_region: region, main_region: region, legal_rep: text(50),
    legal_post: text(50), has_union: yes, has_committee: yes, scope: word("GENERAL", "SPECIAL"),
});
const claim = object(["cause"], { cause: { type: "string", pattern: "^[A-Z]\\d\\d$" }, amount: fen, from: date, until: date, basis: text(1000) });

export const case_body = object(["channel", "mode", "appl_type", "region", "hire_date", "contract", "post", "hours", "wage", "employed",
    "knew_date", "facts", "online_ok", "rec_ok", "truthful", "privacy", "sensitive", "parties", "claims"], {
    channel: word("VISIT", "WEB", "MINIAPP", "12333", "PHONE", "LETTER", "COURT", "ARB"), mode: word("WRITTEN", "ORAL"),
    source: text(20), appl_type: word("WORKER", "EMPLOYER", "GROUP"), relation: text(20), region, place: text(200), hire_date: date,
    contract: word("NONE", "FIXED", "OPEN", "TASK", "ORAL_PT"), sign_date: date, contract_start: date, contract_end: date,
    post: text(100, 1), hours: word("STANDARD", "COMPREHENSIVE", "FLEXIBLE", "PARTTIME"), wage: fen, wage12: fen, employed: yes,
    end_date: date, end_reason: text(500), knew_date: date, facts: text(5000, 10), evidence: text(3000), witnesses: text(1000),
    prior: text(1000), online_ok: yes, rec_ok: yes, truthful: yes, privacy: yes, sensitive: yes, notice: text(40), read_back: yes,
    parties: { type: "array", minItems: 2, maxItems: 2000, items: party }, claims: { type: "array", minItems: 1, maxItems: 50, items: claim },
});

export const problem = (status, field) => ({ status, text: JSON.stringify({ code: "invalid", errors: [{ field }] }) });
