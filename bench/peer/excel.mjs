/* excel.mjs IN.csv OUT.xlsx: the rows of an exported ledger written by exceljs's streaming writer, dates and sums as such. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import ExcelJS from 'exceljs'

const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: process.argv[3], useStyles: true, useSharedStrings: false })
const sheet = book.addWorksheet('台账')
const day = /^\d{4}-\d\d-\d\d$/
const sum = /^\d+\.\d\d$/

/* RFC 4180, a line a row: the ledger's cells have no line breaks here. */
function cells(line) {
  const out = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const ch = line[i]
    if (quoted && ch === '"' && line[i + 1] === '"') { cell += '"'; i++ } else if (ch === '"') quoted = !quoted
    else if (ch === ',' && !quoted) { out.push(cell); cell = '' } else cell += ch
  }
  out.push(cell)
  return out
}

const style = { numFmt: 'yyyy-mm-dd' }
for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity })) {
  const row = sheet.addRow(cells(line).map((c) => (day.test(c) ? new Date(c) : sum.test(c) ? Number(c) : c || null)))
  row.eachCell((cell) => { if (cell.value instanceof Date) cell.numFmt = style.numFmt })
  row.commit()
}
await book.commit()
