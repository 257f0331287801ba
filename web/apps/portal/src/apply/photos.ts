/*
** Photographs of evidence taken before the application is sent: on the server with its draft,
** so that they are there on another phone and become the case's when it is sent.
*/
import { api, newKey, Problem, upload } from '@tiaojie/core'
import { computed, reactive, ref, watch } from 'vue'
import { sayProblem } from '../shell'
import { save, saved } from './draft'
import { applyText as t } from './words'

export const PHOTOS_MAX = 11
const MEGABYTES = 10
const TYPES = /\.(jpe?g|png|pdf)$/i

export interface Photo { id: string; kind: string; name: string; title: string; type: string; size: number }
export interface Sending { name: string; file: File; kind: string; part: number; why: string; key: string }

export const photos = ref<Photo[]>([])
export const sending = reactive<Sending[]>([])
export const kept = computed(() => photos.value.length)

watch(() => saved.value?.code, (code) => {
  if (!code) photos.value = []
})

const address = (p: Photo) => `/api/v1/drafts/${saved.value?.code}/files/${p.id}/content`
export const pictureOf = (p: Photo) => (p.type === 'pdf' ? '' : address(p))

export async function loadPhotos(): Promise<void> {
  if (!saved.value) return
  const { data } = await api.get('/api/v1/drafts/{code}/files', { path: { code: saved.value.code } })
  photos.value = (data.items as unknown as (Photo & { signature: boolean })[]).filter((p) => !p.signature)
}

/* What a person can mend is said before anything is sent. */
export function faultOf(file: File): string {
  if (!TYPES.test(file.name)) return t('photoType')
  if (file.size > MEGABYTES * 1024 * 1024) return t('photoBig', { n: MEGABYTES })
  return photos.value.length >= PHOTOS_MAX ? t('photoMany', { n: PHOTOS_MAX }) : ''
}

function why(e: unknown): string {
  if (!(e instanceof Problem)) return t('photoLater')
  if (e.status === 415) return t('photoType')
  if (e.status === 413) return t('photoBig', { n: MEGABYTES })
  return e.status === 507 || e.status === 409 ? t('photoFull') : sayProblem(e)
}

export async function send(s: Sending): Promise<boolean> {
  s.why = ''
  s.part = 0
  try {
    if (!saved.value && !(await save())) throw new Problem(0, '', '')
    const row = await upload<Photo>('/api/v1/drafts/{code}/files', { path: { code: saved.value!.code }, query: { kind: s.kind, name: s.name }, key: s.key }, s.file, (part) => { s.part = part })
    photos.value.push(row)
    sending.splice(sending.indexOf(s), 1)
    return true
  } catch (e) {
    if (e instanceof Problem && !e.offline) s.key = newKey()
    s.why = why(e)
    return false
  }
}

export async function take(file: File, kind: string): Promise<void> {
  const one: Sending = { name: file.name.slice(-100), file, kind, part: 0, why: faultOf(file), key: newKey() }
  sending.push(one)
  if (!one.why) await send(sending[sending.length - 1]!)
}

export async function remove(p: Photo): Promise<void> {
  await api.delete('/api/v1/drafts/{code}/files/{file}', { path: { code: saved.value!.code, file: p.id } })
  photos.value = photos.value.filter((x) => x.id !== p.id)
}

/* The drawn name, in place of one drawn before; its digest names it in what is sent. */
export async function keepHand(image: Blob): Promise<string> {
  if (!saved.value && !(await save())) throw new Problem(0, '', '')
  const row = await upload<{ sha256: string }>('/api/v1/drafts/{code}/files', {
    path: { code: saved.value!.code }, query: { kind: 'SCAN', name: 'signature.png', title: '申请书手写签名', signature: 'true' }, key: newKey() }, image, () => undefined)
  return row.sha256
}
