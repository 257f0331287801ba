/*
** A name written by hand, or typed, on a canvas: what an agreement is signed with at
** the portal and at the counter.  `image` gives it as a PNG.
*/
import { onMounted, ref, type Ref } from 'vue'

export const PAD = { width: 720, height: 240 } as const
const INK = '#10233a'
const LEAST = 2 /* characters of a typed name */

export interface Pad {
  canvas: Ref<HTMLCanvasElement | undefined>
  typed: Ref<string>
  clear: () => void
  write: () => void /* the typed name in place of what was drawn */
  down: (e: PointerEvent) => void
  move: (e: PointerEvent) => void
  up: () => void
  ready: () => boolean
  image: () => Promise<Blob>
}

/* Where a point of the screen lies on the canvas. */
export function placeOn(box: { left: number; top: number; width: number; height: number }, x: number, y: number): [number, number] {
  return [((x - box.left) / box.width) * PAD.width, ((y - box.top) / box.height) * PAD.height]
}

export function usePad(): Pad {
  const canvas = ref<HTMLCanvasElement>()
  const typed = ref('')
  let drawn = false
  let pen = false
  const context = (): CanvasRenderingContext2D => canvas.value!.getContext('2d')!
  const place = (e: PointerEvent): [number, number] => placeOn(canvas.value!.getBoundingClientRect(), e.clientX, e.clientY)
  function clear(): void {
    const c = context()
    c.fillStyle = '#fff'
    c.fillRect(0, 0, PAD.width, PAD.height)
    c.strokeStyle = c.fillStyle = INK
    c.lineWidth = 5
    c.lineCap = c.lineJoin = 'round'
    drawn = false
  }
  function down(e: PointerEvent): void {
    canvas.value!.setPointerCapture(e.pointerId)
    pen = true
    const c = context()
    c.beginPath()
    c.moveTo(...place(e))
  }
  function move(e: PointerEvent): void {
    if (!pen) return
    const c = context()
    c.lineTo(...place(e))
    c.stroke()
    drawn = true
  }
  const up = (): void => { pen = false }
  function write(): void {
    clear()
    const c = context()
    c.font = '96px "Kaiti SC", KaiTi, STKaiti, serif'
    c.textAlign = 'center'
    c.textBaseline = 'middle'
    c.fillText(typed.value.trim(), PAD.width / 2, PAD.height / 2, PAD.width - 40)
  }
  const ready = (): boolean => drawn || Array.from(typed.value.trim()).length >= LEAST
  const image = (): Promise<Blob> =>
    new Promise((done, fail) => canvas.value!.toBlob((b) => (b ? done(b) : fail(new Error('no image'))), 'image/png'))
  onMounted(clear)
  return { canvas, typed, clear, write, down, move, up, ready, image }
}
