/* Writes FILE.br and FILE.gz beside every text of a folder, as the server sends them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TEXT = /\.(html|js|css|svg|json|txt|webmanifest)$/
for (const name of readdirSync(process.argv[2], { recursive: true })) {
  if (!TEXT.test(name)) continue
  const file = join(process.argv[2], name)
  const body = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }))
}
