import type { InstitutionSeed } from './types.ts'

/** Registration type (登记注册类型): 11 state-owned, 12 collective, 17 private. */
const registration = (ownership: InstitutionSeed['ownership'], tier: InstitutionSeed['tier']): string => {
  if (ownership === 'private') return '17'
  return tier === 'village' ? '12' : '11'
}

/**
 * The 22 characters of WS 218: organisation 9, division 6, registration type 2, class 4, management 1 (1 non-profit,
 * 2 for profit). The organisation part is invented: `D` and the id in base 36, so it is unique and belongs to nobody.
 * @source WS 218-2002
 */
export function ws218Code(unit: Pick<InstitutionSeed, 'id' | 'division' | 'ownership' | 'tier' | 'ws218'>): string {
  // All ids lie in province 43; what is above 43…0 fits eight digits of base 36.
  const organisation = (Number(unit.id) - 4_300_000_000_000).toString(36).toUpperCase().padStart(8, '0')
  const management = unit.ownership === 'private' ? '2' : '1'
  return `D${organisation}${unit.division.slice(0, 6)}${registration(unit.ownership, unit.tier)}${unit.ws218}${management}`
}
