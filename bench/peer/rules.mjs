/* What a schema cannot say: check digits, and rules across fields. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const uscc_letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

function id_good(no) {
    if (!/^\d{17}[\dX]$/.test(no)) return false;
    let sum = 0;
    for (let i = 0; i < 17; i++) sum += weights[i] * (no.charCodeAt(i) - 48);
    return "10X98765432"[sum % 11] === no[17];
}

function uscc_good(code) {
    if (code.length !== 18) return false;
    let sum = 0;
    for (let i = 0, w = 1; i < 17; i++, w = (w * 3) % 31) {
        const v = uscc_letters.indexOf(code[i]);
        if (v < 0) return false;
        sum += v * w;
    }
    return uscc_letters[(31 - (sum % 31)) % 31] === code[17];
}

export function birth_of(no) {
    return { birth: `${no.slice(6, 10)}-${no.slice(10, 12)}-${no.slice(12, 14)}`, sex: Number(no[16]) % 2 ? "M" : "F" };
}

function check_party(p, at, bad) {
    const need = (name) => p[name] || bad.push({ field: `${at}.${name}`, code: "required" });
    if (p.kind === "WORKER") {
        ["id_type", "id_no", "mobile", "addr", "svc_addr"].forEach(need);
        if (p.id_type === "ID" && !id_good(p.id_no ?? "")) bad.push({ field: `${at}.id_no`, code: "bad_id_no" });
    } else {
        ["emp_type", "industry", "legal_rep"].forEach(need);
        if (!uscc_good(p.uscc ?? "")) bad.push({ field: `${at}.uscc`, code: "bad_uscc" });
    }
}

export function check_case(b) {
    const bad = [];
    const today = new Date().toISOString().slice(0, 10);
    b.parties.forEach((p, i) => check_party(p, `parties[${i}]`, bad));
    for (const side of ["APPL", "RESP"]) if (!b.parties.some((p) => p.side === side)) bad.push({ field: "parties", code: "too_few" });
    if (b.end_date && b.end_date < b.hire_date) bad.push({ field: "end_date", code: "order" });
    if (b.contract_end && b.contract_end < b.contract_start) bad.push({ field: "contract_end", code: "order" });
    if (!b.employed && !b.end_date) bad.push({ field: "end_date", code: "required" });
    for (const f of ["truthful", "privacy", "sensitive"]) if (!b[f]) bad.push({ field: f, code: "required" });
    for (const f of ["hire_date", "knew_date"]) if (b[f] > today) bad.push({ field: f, code: "future" });
    b.claims.forEach((c, i) => { if (c.until && c.until < c.from) bad.push({ field: `claims[${i}].until`, code: "order" }); });
    return bad;
}
