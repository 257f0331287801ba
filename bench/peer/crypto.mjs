/* Sealing, digests and hashes by node:crypto. */
import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes } from "node:crypto";

/* Of a measurement: the same in each thread and after each start. */
const seal_key = hash("sha256", "seal", "buffer"), digest_key = hash("sha256", "digest", "buffer");
const tag_bytes = 16, nonce_bytes = 12;

export function seal(text) {
    if (!text) return "";
    const nonce = randomBytes(nonce_bytes);
    const c = createCipheriv("chacha20-poly1305", seal_key, nonce, { authTagLength: tag_bytes });
    const box = Buffer.concat([nonce, c.update(text, "utf8"), c.final(), c.getAuthTag()]);
    return "x1." + box.toString("base64url");
}

export function open(sealed) {
    if (!sealed) return "";
    const box = Buffer.from(sealed.slice(3), "base64url");
    const d = createDecipheriv("chacha20-poly1305", seal_key, box.subarray(0, nonce_bytes), { authTagLength: tag_bytes });
    d.setAuthTag(box.subarray(-tag_bytes));
    return d.update(box.subarray(nonce_bytes, -tag_bytes), undefined, "utf8") + d.final("utf8");
}

export const digest = (purpose, text) => (text ? createHmac("sha256", digest_key).update(`${purpose}:${text}`).digest("hex").slice(0, 32) : "");
export const sha256 = (text) => hash("sha256", text);
