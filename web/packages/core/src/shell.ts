/*
** The page itself without a network: a service worker (web/sw.js) keeps the files of the
** faces and what anybody may read of forms and reference tables; no case, no person.
*/
const OPEN = /^\/api\/v1\/(forms|forms\/\w+|reference\/\w+|public\/orgs)$/

/* What this page has read before the worker was there is read into it once more. */
export async function keepShell(face: 'console' | 'portal', more: string[] = []): Promise<void> {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return
  try {
    await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    const read = performance.getEntriesByType('resource').map((e) => new URL(e.name)).filter((u) => OPEN.test(u.pathname)).map((u) => u.pathname + u.search)
    active?.postMessage({ face, read: [...new Set([...read, ...more])] })
  } catch {
    /* a browser that will not: the page needs the network, as before */
  }
}
