/* The receipt, shown once after submitting; kept in this tab until it is left. */
export interface Kept {
  receipt: string
  filed: string
  answerBy: string
  org: string
  phone: string
  mobile: string
  linked: number
  photos?: number
}

const KEPT = 'tiaojie.receipt'

export function keepReceipt(r: Kept): void {
  sessionStorage.setItem(KEPT, JSON.stringify(r))
}

export function keptReceipt(): Kept | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Kept | null) ?? undefined
  } catch {
    return undefined
  }
}
