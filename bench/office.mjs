/*
** node office.mjs PROGRAM FOLDER URL [DATABASE]: for a server that runs on a
** fresh folder: makes a bureau, a centre that takes cases and a clerk of it,
** each through the API as a person would, and prints {"cookie","org"}.
*/
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";

const [program, folder, url, database] = process.argv.slice(2);
const password = "Bench-and-more-42";
const where = ["--folder", folder, ...(database ? ["--database", database] : [])];

function base32(text) {
    const bits = [...text].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
    return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
}

/* RFC 6238: the code of now */
function totp(secret) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
    const sum = createHmac("sha1", base32(secret)).update(counter).digest();
    const at = sum[19] & 15;
    return String((sum.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, "0");
}

class Person {
    async ask(method, path, body) {
        const headers = { "content-type": "application/json", ...(this.cookie ? { cookie: this.cookie } : {}) };
        const answer = await fetch(url + path, { method, headers, body: body ? JSON.stringify(body) : undefined });
        const text = await answer.text();
        if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        const cookie = answer.headers.get("set-cookie");
        if (cookie) this.cookie = cookie.split(";")[0];
        return text ? JSON.parse(text) : {};
    }

    static async sign_in(login, roles, org) {
        const made = execFileSync(program, ["user", "add", login, "--roles", roles, "--json", ...(org ? ["--org", org] : []), ...where]);
        const one_time = JSON.parse(made).password;
        const p = new Person();
        await p.ask("POST", "/api/v1/login", { login, password: one_time });
        await p.ask("POST", "/api/v1/me/password", { old: one_time, new: password });
        const me = await p.ask("GET", "/api/v1/me");
        if (me.duty !== "must_totp") return p;
        const { secret } = await p.ask("POST", "/api/v1/me/totp", {});
        await p.ask("POST", "/api/v1/me/totp", { code: totp(secret) });
        return p;
    }
}

const admin = await Person.sign_in("bench.admin", "sys_admin");
const bureau = await admin.ask("POST", "/api/v1/orgs",
    { level: 3, kind: "HRSS", name: "柳江区人力资源和社会保障局", region: "450206" });
const officer = await Person.sign_in("bench.officer", "hr", bureau.id);
const centre = await officer.ask("POST", "/api/v1/orgs",
    { parent_id: bureau.id, level: 3, kind: "CENTER", name: "柳江区劳动人事争议多元调解中心", short_name: "柳江劳人调",
      region: "450206", territory: ["450206"], scopes: ["SC1", "SC2", "SC3", "SC6"], capacity: 200 });
await officer.ask("POST", `/api/v1/orgs/${centre.id}/six`,
    { six: ["VENUE", "EQUIPMENT", "MEDIATORS", "FUNDS", "SYSTEMS", "SIGNAGE"] });
await officer.ask("POST", `/api/v1/orgs/${centre.id}/status`, { event: "register" });
await officer.ask("POST", `/api/v1/orgs/${centre.id}/status`, { event: "open" });
const clerk = await Person.sign_in("bench.clerk", "clerk", centre.id);
console.log(JSON.stringify({ cookie: clerk.cookie, org: centre.id }));
