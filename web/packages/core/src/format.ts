/*
** Money and days as people read them.  Money is fen in an integer's text and is
** never a floating number; days are yyyy-mm-dd, times are shown in Asia/Shanghai.
*/
import { preferences } from './preferences'

/* "1234567" is 12,345.67; "" of nothing. */
export function yuan(fen: string | number | undefined | null): string {
  if (fen === undefined || fen === null || fen === '') return ''
  const all = String(fen)
  const minus = all.startsWith('-') ? '-' : ''
  const digits = all.replace('-', '').padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${minus}${whole}.${digits.slice(-2)}`
}

/* What was typed, in fen; undefined if it is no sum: "12,345.6", "１２元". */
export function fenOf(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/[,\s¥元]/g, '')
  const m = /^(\d{1,16})(?:\.(\d{0,2}))?$/.exec(plain)
  if (!m) return undefined
  const fen = (m[1] + (m[2] ?? '').padEnd(2, '0')).replace(/^0+(?=\d)/, '')
  return fen
}

/* Fen for an input field: "1234500" is "12345". */
export function yuanPlain(fen: string | undefined): string {
  return yuan(fen).replace(/,/g, '').replace(/\.00$/, '')
}

/* A time of the server in the house's zone: 2026-02-03 09:05. */
export function timeText(iso: string | null | undefined): string {
  if (!iso) return ''
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(at)
  const get = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}`
}

/* Today in the house's zone. */
export function today(now = new Date()): string {
  return timeText(now.toISOString()).slice(0, 10)
}

export function dayText(day: string | null | undefined): string {
  return day ?? ''
}

/* 2026年2月3日（星期二）; 3 Feb 2026, Tuesday. */
export function dayLong(day: string | null | undefined): string {
  if (!day) return ''
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return day
  const zh = preferences.language !== 'en'
  const weekday = new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en-GB', { weekday: 'long', timeZone: 'UTC' }).format(at)
  if (zh) return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日（${weekday}）`
  return `${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at)}, ${weekday}`
}

/* Whole days from `from` to `until`. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86400000)
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`
}
