/*
** The scope test: which questions are asked in which order.  Where the answers lead
** the server says (GET /api/v1/public/scope), by the rules the centre examines with.
*/
export type Ask = 'employer' | 'relation' | 'about' | 'limited' | 'prior' | 'age'

export interface Found {
  employer?: string
  relation?: string
  about?: string
  limited?: string
  prior?: string
  age?: string
}

const RELATIONS: Record<string, string[]> = {
  FIRM: ['LABOUR', 'OVERAGE', 'NEF', 'SERVICE', 'UNSURE'],
  PLATFORM: ['NEF', 'LABOUR', 'UNSURE'],
  ORGAN: ['LABOUR', 'CIVIL_SERVANT', 'UNSURE'],
  INST: ['PERSONNEL', 'LABOUR', 'OVERAGE', 'UNSURE'],
  SOCORG: ['PERSONNEL', 'LABOUR', 'OVERAGE', 'UNSURE'],
  PLA: ['PLA_CIVILIAN', 'LABOUR', 'UNSURE'],
  ILLEGAL: ['LABOUR', 'UNSURE'],
}
/* Whoever works for a private hirer has one relation only. */
const PRIVATE: Record<string, string> = { HOUSEHOLD: 'DOMESTIC', CRAFTSMAN: 'APPRENTICE', FARM_HOUSEHOLD: 'FARM_HAND' }
/* What it is about, as a cause or as a matter that has a road of its own. */
const CAUSES: Record<string, string> = { WORK: 'A01', INJURY: 'G03', CONTRIBUTION: 'F02' }
const MATTERS = ['INJURY_FINDING', 'GRADE_OBJECTION', 'AGENCY_BENEFIT', 'HOUSING_FUND', 'HOUSING_REFORM', 'COMPLAINT_ONLY']

export const OPTIONS: Record<Ask, (f: Found) => string[]> = {
  employer: () => ['FIRM', 'PLATFORM', 'ORGAN', 'INST', 'SOCORG', 'PLA', 'ILLEGAL', 'HOUSEHOLD', 'CRAFTSMAN', 'FARM_HOUSEHOLD'],
  relation: (f) => RELATIONS[f.employer ?? ''] ?? ['LABOUR', 'UNSURE'],
  about: () => [...Object.keys(CAUSES), ...MATTERS],
  limited: (f) => (f.relation === 'NEF' ? ['YES', 'RELATION', 'NO'] : ['YES', 'NO']),
  prior: () => ['NONE', 'PRIOR'],
  age: () => ['OVER', 'UNDER'],
}

/* The question after what is known, or none: then the server is asked. */
export function ahead(f: Found): Ask | undefined {
  if (!f.employer) return 'employer'
  if (PRIVATE[f.employer]) return undefined
  if (!f.relation) return 'relation'
  if (f.relation === 'SERVICE') return undefined
  if (!f.about) return 'about'
  if (MATTERS.includes(f.about)) return undefined
  const narrow = f.relation === 'OVERAGE' || f.relation === 'NEF'
  if (narrow && f.about === 'WORK' && !f.limited) return 'limited'
  if (f.limited === 'NO') return undefined
  if (!f.prior) return 'prior'
  if (f.prior === 'PRIOR') return undefined
  return f.age ? undefined : 'age'
}

/* The relation that the answers amount to; whoever is unsure is taken for a worker. */
export function relationOf(f: Found): string {
  if (PRIVATE[f.employer ?? '']) return PRIVATE[f.employer!]!
  return f.relation && f.relation !== 'UNSURE' ? f.relation : 'LABOUR'
}

const YEARS_UNDER_AGE = 15
export interface Question {
  employer: string
  relation: string
  matters?: string
  causes?: string
  birth?: string
}

/* The answers in the words of the server. */
export function questionOf(f: Found, today: string): Question {
  const cause = f.limited === 'NO' ? 'D05' : f.limited === 'RELATION' ? 'C01' : f.relation === 'NEF' && f.about === 'WORK' ? 'N01' : CAUSES[f.about ?? '']
  const matter = f.prior === 'PRIOR' ? 'PRIOR' : MATTERS.includes(f.about ?? '') ? f.about : undefined
  return {
    employer: f.employer === 'FIRM' ? 'ENT' : f.employer ?? '', relation: relationOf(f), matters: matter, causes: cause,
    birth: f.age === 'UNDER' ? `${Number(today.slice(0, 4)) - YEARS_UNDER_AGE}${today.slice(4)}`.replace('-02-29', '-02-28') : undefined,
  }
}
