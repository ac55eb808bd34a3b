import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Words } from '../../../kernel/words.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import {
  findInstitution,
  heightOf,
  printedSpecialty,
  relationsToInstitution,
  specialtyNames,
  type Institution,
} from '../../organisations/index.ts'
import type { Condition } from '../navigation.ts'
import { allConditions } from '../store.ts'
import { levelOf } from './area.ts'
import { speakers } from './capability-forms.ts'
import { needsInput, RANK_WORDS } from './contract.ts'
import { readAreaFacts, type PlaceFacts } from './facts.ts'
import { cellFacts, isShownBy, rowOf, thingStand, type Row } from './judge.ts'
import type { CapabilityKind } from './matrix.ts'
import { judgingOf } from './reading.ts'

const conditionsNamedMost = 12

/** A specialty declared as a whole is measured by what its ordinary conditions of this place's level take. */
const ordinaryOf = (specialty: string, place: Institution): Condition => ({
  key: '',
  name: { zh: '', en: '' },
  aliases: [],
  pinyin: '',
  icd10: [],
  specialty,
  also: [],
  lowestTier: levelOf(place.tier),
  urgency: 'routine',
  sex: null,
  age: null,
  source: 'editorial',
})

const rowFor = (
  about: CapabilityKind,
  key: string,
  place: Institution,
  conditions: readonly Condition[],
  requirements: Parameters<typeof rowOf>[1],
): Row | null => {
  const condition =
    about === 'condition' ? conditions.find((one) => one.key === key) : about === 'specialty' ? ordinaryOf(key, place) : undefined
  return condition ? rowOf(condition, requirements) : null
}

const factsOf = async (tx: Tx, place: Institution, on: Day, act: Act): Promise<PlaceFacts | undefined> => {
  const area = { name: place.name, kind: 'division', institutions: [place], homes: [] } as const
  return (await readAreaFacts(tx, area, on, act)).places.get(place.id)
}

export const capabilityNeeds = query({
  name: 'navigation.capability-needs',
  by: [...speakers, 'village-doctor@own', 'ward@own'],
  basis: '明确各医疗卫生机构能力;疾病分级诊疗目录',
  does: {
    zh: '申报前看:诊治某病种或科目需要什么医师、设备、技术、药品,本机构有没有;某设备、技术、药品关系到哪些病种。',
    en: 'Before declaring: which doctors and things a condition or specialty takes and whether the place has them; or which conditions hang on a device, procedure or drug.',
  },
  input: needsInput,
  read: async (tx, input, act) => {
    const place = await findInstitution(tx, input.institution as OrgId)
    if (!place) return null
    const facts = await factsOf(tx, place, act.today, act)
    if (!facts) return null
    return {
      place,
      facts,
      judging: judgingOf(act),
      conditions: await allConditions(tx),
      specialties: await specialtyNames(tx),
      relations: await relationsToInstitution(tx, act.actor, place.id, act.today),
    }
  },
  relation: ({ relations }) => relations,
  answer: ({ place, facts, judging, conditions, specialties }, { about, key }) => {
    const { requirements } = judging
    const row = rowFor(about, key, place, conditions, requirements)
    if (row === null) return { takes: null, neededFor: neededFor(key, place, facts, conditions, requirements) }
    const { doctors, rankSuffices } = cellFacts(place, facts, row, judging)
    const names = new Map(specialties.map((one) => [one.code, one]))
    const nameOf = (code: string): Words => names.get(code) ?? { zh: code, en: code }
    return {
      takes: {
        lowestTier: row.condition.lowestTier,
        /** Whether the catalogue gives the condition to a higher level than this place's. */
        isAbove: heightOf(place.tier) < row.height,
        doctorRank: { key: row.requirement.doctor, ...RANK_WORDS[row.requirement.doctor] },
        anySpecialty: row.requirement.anySpecialty,
        /** Doctors there who count; null where no staff is entered. */
        doctors,
        rankSuffices,
        specialties: row.specialties.map((code) => ({
          code,
          printed: printedSpecialty(code),
          zh: nameOf(code).zh,
          en: nameOf(code).en,
          isOffered: facts.offered.has(code),
        })),
        needs: row.requirement.needs.flatMap((need) => {
          const thing = requirements.things.get(need)
          if (!thing) return []
          const stand = thingStand(place, facts, thing, isShownBy(facts, row, judging))
          return [{ key: need, kind: thing.kind, zh: thing.zh, en: thing.en, stand }]
        }),
      },
      neededFor: null,
    }
  },
})

/** Conditions that the place owes and has a specialty for, and that cannot be treated without a thing. */
const neededFor = (
  thing: string,
  place: Institution,
  facts: PlaceFacts,
  conditions: readonly Condition[],
  requirements: Parameters<typeof rowOf>[1],
) => {
  const found = conditions
    .map((condition) => rowOf(condition, requirements))
    .filter(
      ({ height, specialties, requirement }) =>
        height <= heightOf(place.tier) &&
        requirement.needs.includes(thing) &&
        specialties.some((code) => facts.offered.has(code)),
    )
  return {
    total: found.length,
    conditions: found.slice(0, conditionsNamedMost).map(({ condition: { key, name } }) => ({ key, name })),
  }
}
