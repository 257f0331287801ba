/*
** A group's roster as people paste it from a table: name, identity number and
** mobile on a line, in any order, with commas, tabs or blanks between them.
*/
import { idFacts, mobileValid, tidyNumber } from './identity'

export interface RosterRow {
  line: number
  name: string
  id_no: string
  mobile: string
  fault: '' | 'name' | 'id' | 'mobile' | 'twice'
}

const HEADER = /姓名|身份证|手机|电话|name/i

function rowOf(line: number, text: string): RosterRow {
  const cells = text.split(/[,，、;；\t]|\s{1,}/).map((c) => c.trim()).filter(Boolean)
  const row: RosterRow = { line, name: '', id_no: '', mobile: '', fault: '' }
  for (const cell of cells) {
    const plain = tidyNumber(cell)
    if (/^\d{17}[\dX]$/.test(plain) && !row.id_no) row.id_no = plain
    else if (/^\+?(86)?1\d{10}$/.test(plain) && !row.mobile) row.mobile = plain.replace(/^\+?86(?=1)/, '')
    else if (!/^\d+$/.test(plain)) row.name = row.name ? `${row.name} ${cell}` : cell
  }
  if (Array.from(row.name).length < 2) row.fault = 'name'
  else if (!idFacts(row.id_no)) row.fault = 'id'
  else if (!mobileValid(row.mobile)) row.fault = 'mobile'
  return row
}

export function readRoster(text: string): RosterRow[] {
  const seen = new Set<string>()
  return text.split(/\r?\n/).flatMap((line, i) => {
    const header = HEADER.test(line) && !/\d{6}/.test(line)
    if (!line.trim() || header) return []
    const row = rowOf(i + 1, line)
    if (!row.fault && seen.has(row.id_no)) row.fault = 'twice'
    seen.add(row.id_no)
    return [row]
  })
}

/* A text file in UTF-8 or, as spreadsheets here write it, GB18030. */
export async function readFile(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
