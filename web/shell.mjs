/* Writes OUT/sw.js: web/sw.js with the files that each face needs without a network, taken
** from the manifests of the two builds. */
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const out = process.argv[2]
const WANTED = {
  portal: [/pages\/(ApplyPage|DeskPage|DeskCase|WaitingPage|HomePage|ReceiptPage)\.vue$/, /^apps?\/|^src\/(apply|desk|parts|texts)\//, /^\.\.\/\.\.\/packages\/core\//],
  console: [/pages\/(Reception|Waiting|Workbench|Account)\.vue$/, /^src\/parts\//, /^\.\.\/\.\.\/packages\/core\//],
}
function filesOf(face) {
  const folder = face === 'console' ? 'console' : ''
  const place = join(out, folder, '.vite/manifest.json')
  const manifest = JSON.parse(readFileSync(place, 'utf8'))
  rmSync(join(out, folder, '.vite'), { recursive: true })
  const base = folder ? `/${folder}/` : '/'
  const files = new Set(folder ? [] : ['/icon.svg'])
  const take = (key, seen = new Set()) => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]
    for (const f of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(base + f)
    for (const i of chunk.imports ?? []) take(i, seen)
  }
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry || WANTED[face].some((w) => w.test(key))) take(key)
  for (const [key, chunk] of Object.entries(manifest)) if (key.endsWith('.css')) files.add(base + chunk.file)
  return [...files].sort()
}
const shell = { portal: filesOf('portal'), console: filesOf('console') }
const version = createHash('sha256').update(JSON.stringify(shell)).digest('hex').slice(0, 12)
const source = readFileSync(new URL('./sw.js', import.meta.url), 'utf8')
const line = "const SHELL = { version: '', portal: [], console: [] }"
if (!source.includes(line)) throw new Error('web/sw.js has no place for the list of files')
writeFileSync(join(out, 'sw.js'), source.replace(line, `const SHELL = ${JSON.stringify({ version, ...shell })}`))
