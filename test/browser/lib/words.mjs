/*
** What stands on a page and should not: Chinese of the program's own on an English page,
** codes, numbers of rows, times and days in another form than yyyy-mm-dd.
**
**   listen(page)                           before the first page is opened
**   await faultsOf(page, true, '.el-dialog')   a line a fault
*/

const HAN = /[\u3400-\u9fff\uff08\uff09\u3001\u3002\uff0c\uff1b\uff1a]/
const RUN = /[\u3400-\u9fff]+/g

/* A member of an answer whose English stands beside it is the program's word, not what somebody wrote. */
const PAIRS = [['en', ['zh', 'label', 'name', 'title', 'text', 'say', 'what']], ['help_en', ['help']]]
function words(value, into) {
  if (typeof value === 'string') {
    if (HAN.test(value)) for (const run of value.match(RUN) ?? []) into.add(run)
  } else if (Array.isArray(value)) {
    for (const x of value) words(x, into)
  } else if (value && typeof value === 'object') {
    const ours = new Set(Object.keys(value).filter((k) => `${k}_en` in value || (k.endsWith('_zh') && `${k.slice(0, -3)}_en` in value)))
    for (const [en, beside] of PAIRS) if (value[en]) for (const k of beside) if (k in value) ours.add(k)
    if ('fields' in value && 'name' in value) ours.add('fields') /* a form */
    for (const [k, x] of Object.entries(value)) if (!ours.has(k)) words(x, into)
  }
}

/* All that was answered to this page, as far as people wrote it or the law says it. */
export function listen(page) {
  page.data = new Set()
  page.on('response', async (r) => {
    if (!r.url().includes('/api/') || !/json/.test(r.headers()['content-type'] ?? '')) return
    const body = await r.json().catch(() => undefined)
    if (body) words(body, page.data)
  })
}

const CODE = /\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b|\b[a-z]{2,}(?:_[a-z]+)+\b/
const WRONG = /\bundefined\b|\bNaN\b|\[object|\bnull\b|\{\w+\}/
const ISO = /\d{4}-\d\d-\d\dT\d\d/
const DAY = /\b\d{4}\/\d{1,2}\b|\b\d{1,2}\/\d{1,2}\/\d{4}\b/
const HASH = /\b[0-9a-f]{40,}\b/

async function textsOf(page, within) {
  return page.evaluate((inside) => {
    const root = [...document.querySelectorAll(inside)].filter((e) => e.offsetParent !== null || e === document.body).pop() ?? document.body
    const out = []
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const e = n.parentElement
      if (!n.data.trim() || e.closest('script, style, [lang="zh-CN"]:not(html), textarea, pre, code') || !e.getClientRects().length) continue
      out.push([n.data.trim(), e.closest('[data-law], .law, blockquote, article') ? 'law' : ''])
    }
    for (const e of root.querySelectorAll('[placeholder], [aria-label], [title], img[alt]')) {
      for (const name of ['placeholder', 'aria-label', 'title', 'alt']) if (e.getAttribute(name) && !e.closest('[lang="zh-CN"]:not(html)')) out.push([e.getAttribute(name), ''])
    }
    return out
  }, within)
}

export async function faultsOf(page, english, within = 'body') {
  const found = new Set()
  const all = [...page.data]
  const known = (run) => /[省市区县镇乡道]$/.test(run) /* a place: its table may come out of the browser's own store */ || page.data.has(run) || all.some((x) => x.includes(run))
  for (const [text, law] of await textsOf(page, within)) {
    const short = text.length > 90 ? `${text.slice(0, 90)}…` : text
    if (english && !law && (text.match(RUN) ?? []).some((run) => !known(run))) found.add(`Chinese: ${short}`)
    if (english && /[：（），。；、]/.test(text) && !/[\u3400-\u9fff]/.test(text)) found.add(`Chinese marks: ${short}`)
    if (CODE.test(text) && !/@|https?:|\$\{/.test(text)) found.add(`code: ${short}`)
    if (WRONG.test(text)) found.add(`wrong: ${short}`)
    if (ISO.test(text) || DAY.test(text)) found.add(`day: ${short}`)
    if (HASH.test(text)) found.add(`digest: ${short}`)
  }
  return [...found]
}
