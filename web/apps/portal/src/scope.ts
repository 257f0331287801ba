/*
** The scope test (data/routes.csv; 劳动争议调解仲裁法 2, 司法解释（一） 1-2): questions
** and where each answer leads.  An answer leads to the next question, to "apply"
** or to a route; a note is told along with "apply".  The centre examines it again.
*/
export type End = 'apply' | 'unsure' | `NR${number}`
export type Ask = 'employer' | 'relation' | 'about' | 'limited' | 'prior' | 'age'

export interface Found {
  employer?: string
  relation?: string
  about?: string
  limited?: string
  prior?: string
  age?: string
}

export interface Verdict {
  end: End
  notes: string[]
  relation: string
  mediationOnly: boolean
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
const PRIVATE: Record<string, End> = { HOUSEHOLD: 'NR4', CRAFTSMAN: 'NR5', FARM_HOUSEHOLD: 'NR6' }
const ABOUT: Record<string, End | ''> = {
  WORK: '', INJURY: '', CONTRIBUTION: '', INJURY_FINDING: 'NR9', GRADE_OBJECTION: 'NR3', AGENCY_BENEFIT: 'NR1', HOUSING_FUND: 'NR8',
  HOUSING_REFORM: 'NR2', COMPLAINT_ONLY: 'NR12',
}

export const OPTIONS: Record<Ask, (f: Found) => string[]> = {
  employer: () => ['FIRM', 'PLATFORM', 'ORGAN', 'INST', 'SOCORG', 'PLA', 'ILLEGAL', 'HOUSEHOLD', 'CRAFTSMAN', 'FARM_HOUSEHOLD'],
  relation: (f) => RELATIONS[f.employer ?? ''] ?? ['LABOUR', 'UNSURE'],
  about: () => Object.keys(ABOUT),
  limited: (f) => (f.relation === 'NEF' ? ['YES', 'RELATION', 'NO'] : ['YES', 'NO']),
  prior: () => ['NONE', 'PRIOR'],
  age: () => ['OVER', 'UNDER'],
}

/* The question after what is known, or the verdict. */
export function ahead(f: Found): Ask | Verdict {
  const end = (e: End, notes: string[] = []): Verdict => ({
    end: e, notes, relation: f.limited === 'RELATION' ? 'LABOUR' : f.relation && f.relation !== 'UNSURE' ? f.relation : 'LABOUR',
    mediationOnly: e === 'apply' && f.relation === 'NEF' && f.limited !== 'RELATION',
  })
  if (!f.employer) return 'employer'
  if (PRIVATE[f.employer]) return end(PRIVATE[f.employer]!)
  if (!f.relation) return 'relation'
  if (f.relation === 'SERVICE') return end('NR11')
  if (!f.about) return 'about'
  if (ABOUT[f.about]) return end(ABOUT[f.about] as End)
  const narrow = f.relation === 'OVERAGE' || f.relation === 'NEF'
  if (narrow && f.about === 'WORK' && !f.limited) return 'limited'
  if (f.limited === 'NO') return end(f.relation === 'OVERAGE' ? 'NR16' : 'NR11')
  if (!f.prior) return 'prior'
  if (f.prior === 'PRIOR') return end('NR10')
  if (!f.age) return 'age'
  if (f.age === 'UNDER' && f.about !== 'INJURY') return end('NR15')
  const notes = [f.about === 'CONTRIBUTION' ? 'NR7' : '', f.age === 'UNDER' ? 'NR15' : ''].filter(Boolean)
  return end(f.relation === 'UNSURE' ? 'unsure' : 'apply', notes)
}
