/* A QR code as one path of an SVG, `size` squares wide with its quiet border of two. */
import { encode } from 'uqr'

export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { path, size }
}
