/*
** The server's Form rows, of which screens are made: GET /api/v1/forms/:name.
** A field added there appears with its label, limits, codes and help.
**
**   const form = await formOf('Intake')
**   const fault = checkField(fieldOf(form, 'facts'), value)   // '' if it is right
*/
import { either, titled } from './i18n'
import { api } from './client'
import { fenOf } from './format'
import { realDay } from './identity'

export type Kind = 'int' | 'bool' | 'text' | 'date' | 'time' | 'money' | 'id' | 'list' | 'code'

export interface Option {
  value: string
  label: string
  en: string
}

export interface FormField {
  name: string
  kind: Kind
  label: string
  en: string
  help?: string
  help_en?: string
  required?: boolean
  server_set?: boolean
  prose?: boolean      /* several lines */
  many?: boolean       /* a set of codes */
  not_future?: boolean
  sensitive?: boolean
  min?: number         /* of characters, of the number, of rows */
  max?: number
  codes?: string       /* name of the code list; without options the server alone knows them */
  options?: Option[]
  form?: FormRows
}

export interface FormRows {
  name: string
  fields: FormField[]
}

/* Why a value cannot be: the server's words. */
export type Fault =
  '' | 'required' | 'too_short' | 'too_long' | 'too_small' | 'too_large' | 'too_few' | 'too_many' | 'future' | 'not_a_date' |
  'not_a_number' | 'not_a_code'

const kept = new Map<string, Promise<FormRows>>()

/* The rows, read once a visit; a failure is not kept. */
export function formOf(name: string): Promise<FormRows> {
  let rows = kept.get(name)
  if (!rows) {
    rows = api.get('/api/v1/forms/{name}', { path: { name } }).then((a) => a.data as FormRows)
    rows.catch(() => kept.delete(name))
    kept.set(name, rows)
  }
  return rows
}

export function fieldOf(form: FormRows, name: string): FormField {
  const field = form.fields.find((f) => f.name === name)
  if (!field) throw new Error(`${form.name} has no field ${name}`)
  return field
}

export function labelOf(field: { label: string; en: string }): string {
  return titled(either(field.label, field.en))
}

/* What else there is to know of a field; '' if nothing. */
export function helpOf(field: FormField): string {
  return titled(either(field.help, field.help_en))
}

/* The words of a code; what the list does not have stays as it is. */
export function codeText(field: FormField | undefined, value: string): string {
  const option = field?.options?.find((o) => o.value === value)
  return option ? titled(either(option.label, option.en)) : value
}

/* Characters as the server counts them. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}

function checkText(f: FormField, value: string): Fault {
  const n = lengthOf(value)
  if (f.min && n < f.min) return 'too_short'
  return f.max && n > f.max ? 'too_long' : ''
}

function checkNumber(f: FormField, n: bigint): Fault {
  if (f.min !== undefined && n < BigInt(f.min)) return 'too_small'
  return f.max && n > BigInt(f.max) ? 'too_large' : ''
}

function checkCode(f: FormField, value: string | string[]): Fault {
  const words = Array.isArray(value) ? value : [value]
  if (!f.options) return ''
  return words.every((w) => f.options!.some((o) => o.value === w)) ? '' : 'not_a_code'
}

/* A value as it would be sent (money in fen, a set as a list). */
export function checkField(f: FormField, value: unknown, day = ''): Fault {
  const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (empty) return f.required ? 'required' : ''
  if (f.kind === 'code') return checkCode(f, value as string | string[])
  if (f.kind === 'text') return checkText(f, String(value))
  if (f.kind === 'date') {
    if (!realDay(String(value))) return 'not_a_date'
    return f.not_future && day && String(value) > day ? 'future' : ''
  }
  if (f.kind === 'money' || f.kind === 'int') {
    return /^-?\d{1,18}$/.test(String(value)) ? checkNumber(f, BigInt(String(value))) : 'not_a_number'
  }
  if (f.kind === 'list') {
    const n = (value as unknown[]).length
    if (f.min && n < f.min) return 'too_few'
    return f.max && n > f.max ? 'too_many' : ''
  }
  return ''
}

/* What was typed into a field, as it is sent. */
export function valueOf(f: FormField, typed: string): unknown {
  if (f.kind === 'money') return typed.trim() === '' ? undefined : (fenOf(typed) ?? typed)
  if (f.kind === 'int') return /^\d+$/.test(typed.trim()) ? Number(typed.trim()) : typed.trim() || undefined
  return typed === '' ? undefined : typed
}
