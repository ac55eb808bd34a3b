import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { readCatalogue, treatingSpecialties } from '../../modules/navigation/index.ts'
import { isPilot } from '../../../sim/region/consortia.ts'
import { makeServices } from '../../../sim/region/services.ts'
import type { InstitutionSeed } from '../../../sim/region/types.ts'
import { insertRows } from './insert.ts'

type Facts = {
  readonly institutions: readonly InstitutionSeed[]
  readonly seed: string
  readonly now: Instant
  readonly today: Day
}
type Word = readonly [about: string, key: string, grade: 'full' | 'limited' | 'none']
type Catalogue = ReturnType<typeof readCatalogue>
type Dice = (what: string, sides: number) => number

/** The same throw for the same words: 0 … sides − 1. */
const diceOf =
  (seed: string): Dice =>
  (what, sides) =>
    createHash('sha256').update(`${seed}/capability/${what}`).digest().readUInt32BE(0) % sides

const isPublicGeneral = ({ ws218, ownership }: InstitutionSeed): boolean => ws218 === 'A100' && ownership === 'public'
const isLead = (one: InstitutionSeed): boolean => one.tier === 'county' && isPublicGeneral(one) && one.id.endsWith('0')

/** What the demo's county hospitals treat well, in part, and hardly at all; which of them is drawn for each. */
const COUNTY_FULL = [
  '0301',
  '0302',
  '0303',
  '0304',
  '0307',
  '0401',
  '0403',
  '0404',
  '0501',
  '0502',
  '0700',
  '2000',
  '2100',
  '1600',
]
const COUNTY_LIMITED = ['0306', '0402', '0405', '1000', '1100', '1900', '0701']
const COUNTY_THINGS: readonly (readonly [string, string])[] = [
  ['device', 'ct'],
  ['device', 'endoscope'],
  ['device', 'ventilator'],
  ['device', 'dialysis-machine'],
  ['procedure', 'haemodialysis'],
  ['procedure', 'thrombolysis'],
  ['drug', 'thrombolytic'],
  ['procedure', 'caesarean-section'],
  ['procedure', 'laparoscopy'],
  ['procedure', 'blood-bank'],
]
/** What a county hospital may say that it has not; three are drawn for each. */
const COUNTY_GAPS: readonly (readonly [string, string])[] = [
  ['device', 'mri'],
  ['device', 'bronchoscope'],
  ['device', 'holter'],
  ['device', 'fundus-camera'],
  ['procedure', 'chemotherapy'],
  ['procedure', 'pathology'],
  ['procedure', 'lithotripsy'],
  ['procedure', 'bone-marrow'],
  ['drug', 'antivenom'],
  ['drug', 'antiretrovirals'],
]
const GAPS_EACH = 3
const CITY_THINGS: readonly (readonly [string, string])[] = [
  ['device', 'dsa'],
  ['device', 'linear-accelerator'],
  ['device', 'mri'],
  ['procedure', 'pci'],
  ['procedure', 'thrombectomy'],
  ['procedure', 'radiotherapy'],
  ['procedure', 'open-heart'],
]
const UNIT_GAPS = ['ultrasound', 'x-ray', 'dental-unit', 'rehabilitation-set']

const countyWords = (one: InstitutionSeed, dice: Dice): Word[] => {
  const offered = new Set(makeServices(one).map(({ specialty }) => specialty))
  const gaps = COUNTY_GAPS.map((gap, at) => ({ gap, lot: dice(`${one.id}/gap/${at}`, 1_000_000) }))
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, GAPS_EACH)
  return [
    ...COUNTY_FULL.filter((code) => offered.has(code)).map((code): Word => ['specialty', code, 'full']),
    ...COUNTY_LIMITED.filter((code) => offered.has(code)).map((code): Word => [
      'specialty',
      code,
      dice(`${one.id}/${code}`, 3) === 0 ? 'full' : 'limited',
    ]),
    ...COUNTY_THINGS.map(([about, key]): Word => [about, key, 'full']),
    ...gaps.map(({ gap: [about, key] }): Word => [about, key, 'none']),
  ]
}

const unitWords = (one: InstitutionSeed, dice: Dice): Word[] => {
  const gap = UNIT_GAPS[dice(`${one.id}/gap`, UNIT_GAPS.length + 2)]
  return [
    ['specialty', '0100', 'full'],
    ['specialty', '0200', 'full'],
    ['specialty', '0300', dice(`${one.id}/0300`, 3) === 0 ? 'limited' : 'full'],
    ['specialty', '5000', 'full'],
    ...(gap === undefined ? [] : [['device', gap, 'none'] as const]),
    ...(dice(`${one.id}/spirometer`, 4) === 0 ? [['device', 'spirometer', 'full'] as const] : []),
  ]
}

const wordsOf = (one: InstitutionSeed, dice: Dice): Word[] => {
  if (isLead(one)) return countyWords(one, dice)
  if (one.tier === 'township' || one.tier === 'regional-centre') return unitWords(one, dice)
  if (one.tier !== 'city' || !isPublicGeneral(one)) return []
  const specialties = new Set(makeServices(one).map(({ specialty }) => specialty))
  return [
    ...[...specialties].map((code): Word => ['specialty', code, 'full']),
    ...CITY_THINGS.map(([about, key]): Word => [about, key, 'full']),
  ]
}

const declaredRows = (places: readonly InstitutionSeed[], dice: Dice, now: Instant): Record<string, unknown>[] =>
  places.flatMap((one) =>
    wordsOf(one, dice).map(([about, key, grade]) => ({
      org_id: one.id,
      id: newId(),
      about,
      key,
      grade,
      source: '演示:医疗机构执业许可与技术备案(虚构)',
      valid_from: '2024-01-01',
      declared_at: now,
    })),
  )

/** Specialties that people of the demo's counties often seek in the city, percent of cases outside; of others 4 to 11. */
const OUTFLOW: Readonly<Record<string, number>> = {
  '0305': 55,
  '0402': 28,
  '0405': 34,
  '0406': 62,
  '1000': 31,
  '1900': 46,
  '0308': 38,
  '0404': 22,
}
const QUARTERS_AGO = [45, 136, 227, 318]
/** One condition in so many is seen at the county hospital at all; of the others no case is reported. */
const SEEN_OF = 5
const SEEN = 2

type Sum = { readonly org: string; readonly sender: string | null; readonly cases: number }

/** One quarter of one condition: what the county hospital reports, and what the city hospital reports of the county's people. */
const sumsOf = (
  lead: InstitutionSeed,
  city: InstitutionSeed,
  what: string,
  specialty: string,
  canTreat: boolean,
  dice: Dice,
): Sum[] => {
  const all = 4 + dice(`${lead.id}/${what}/volume`, 14)
  const percent = canTreat ? (OUTFLOW[specialty] ?? 4 + dice(`${lead.county}/${specialty}`, 8)) : 100
  const outside = Math.round((all * percent) / 100)
  const sent = Math.round(outside / 2)
  return [
    { org: lead.id, sender: null, cases: all - outside },
    { org: city.id, sender: lead.id, cases: sent },
    { org: city.id, sender: null, cases: outside - sent },
  ].filter(({ cases }) => cases > 0)
}

const treatedRows = (
  lead: InstitutionSeed,
  city: InstitutionSeed,
  catalogue: Catalogue,
  dice: Dice,
  today: Day,
): Record<string, unknown>[] => {
  const offered = new Set(makeServices(lead).map(({ specialty }) => specialty))
  return catalogue.rows
    .filter(({ key, lowestTier }) => lowestTier !== 'village' && dice(`${key}/seen`, SEEN_OF) < SEEN)
    .flatMap((condition) => {
      const canTreat =
        ['township', 'county'].includes(condition.lowestTier) &&
        treatingSpecialties({ specialty: condition.specialty, also: condition.also ?? [] }).some((code) => offered.has(code))
      return QUARTERS_AGO.flatMap((days, quarter) =>
        sumsOf(lead, city, `${condition.key}/${quarter}`, condition.specialty, canTreat, dice).map(({ org, sender, cases }) => ({
          org_id: org,
          source: 'report',
          source_id: `${condition.key}/${(lead.county ?? '').slice(0, 6)}/${quarter}/${sender ?? 'self'}`,
          condition_key: condition.key,
          home: (lead.county ?? '').slice(0, 6),
          sender_org: sender,
          on_day: plusDays(today, -days),
          cases,
          well: Math.floor(cases * 0.8),
          worse: Math.floor(cases * 0.1),
        })),
      )
    })
}

/**
 * Invented declarations of the pilots' hospitals and township units, and invented reports of a year's cases: from them, and from the services,
 * staff and pools of the demo, the matrix of a pilot county is judged as anybody's would be.
 */
export const insertCapability = async (db: Queryable, { institutions, seed, now, today }: Facts): Promise<void> => {
  const dice = diceOf(seed)
  const inPilot = institutions.filter((one) => one.tier === 'city' || (one.county !== null && isPilot(one.county ?? '')))
  await insertRows(db, 'navigation.capability', declaredRows(inPilot, dice, now))
  const leads = inPilot.filter(isLead)
  const catalogue = readCatalogue()
  const cityOf = (lead: InstitutionSeed) =>
    institutions.find((one) => one.tier === 'city' && isPublicGeneral(one) && one.division.startsWith(lead.division.slice(0, 4)))
  const rows = leads.flatMap((lead) => {
    const city = cityOf(lead)
    return city ? treatedRows(lead, city, catalogue, dice, today) : []
  })
  await insertRows(db, 'navigation.treated', rows)
}
