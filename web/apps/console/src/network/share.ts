/* Shares and points as the server sends them, in 1/10000. */
export const share = (bp: number): string => `${(bp / 100).toFixed(2)}%`
export const points = (n: number): string => (Math.round(n / 100) / 100).toFixed(2)
