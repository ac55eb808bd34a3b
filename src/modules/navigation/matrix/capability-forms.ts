import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Name } from '../../../kernel/words.ts'
import type { Party } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, query } from '../../../platform/forms/form.ts'
import {
  findInstitution,
  printedSpecialty,
  relationsToInstitution,
  servicesOf,
  specialtyName,
  specialtyNames,
} from '../../organisations/index.ts'
import { allConditions, findCondition } from '../store.ts'
import * as store from './capability-store.ts'
import { capabilitiesInput, declareInput, withdrawInput } from './contract.ts'
import type { Capability, CapabilityKind } from './matrix.ts'
import { shippedRequirements } from './requirements.ts'

/** Who may speak for an institution: its desk, its family doctors, its manager and the one of the hospital that leads it, and the offices. */
export const speakers: readonly Party[] = [
  'administrator@anyone',
  'health-bureau@anyone',
  'consortium-manager@own',
  'consortium-manager@supervisor',
  'referral-desk@own',
  'family-doctor@own',
]

const isKnown = async (tx: Tx, about: CapabilityKind, key: string): Promise<boolean> => {
  if (about === 'condition') return (await findCondition(tx, key)) !== null
  if (about === 'specialty') return (await specialtyName(tx, key)) !== null
  return shippedRequirements().things.get(key)?.kind === about
}

export const declareCapability = command({
  name: 'navigation.declare-capability',
  by: speakers,
  basis: '明确各医疗卫生机构能力;疾病分级诊疗目录',
  does: {
    zh: '机构申报自某日起能(部分)诊治某病种或科目,或具有某设备、技术、药品,或不开展;写明依据,旧申报留存。',
    en: 'An institution declares from a day that it treats a condition or specialty, has a device, procedure or drug, in part or not at all; what it said before is kept.',
  },
  input: declareInput,
  read: async (tx, input, act) => {
    const org = input.institution as OrgId
    if (!(await findInstitution(tx, org))) return null
    return {
      org,
      before: await store.lockOpenCapability(tx, org, input.about, input.key),
      isKnown: await isKnown(tx, input.about, input.key),
      relations: await relationsToInstitution(tx, act.actor, org, act.today),
    }
  },
  relation: ({ relations }) => relations,
  decide: ({ org, before, isKnown: known }, input, act) => {
    if (!known) return refuse('navigation.capability-key-unknown', { key: input.key })
    const { about, key, grade, source } = input
    const note = input.note ?? null
    if (before && before.grade === grade && before.source === source && before.note === note)
      return refuse('navigation.capability-same', { day: before.from })
    const from = (input.from as Day | undefined) ?? act.today
    const fresh: Capability = { org, id: act.newId(), about, key, grade, source, note, from, until: null }
    return ok({ change: { fresh, before }, answer: { capability: fresh.id, from } })
  },
  write: (tx, change, act) => store.saveCapability(tx, change, { at: act.now, by: act.actor.account }),
})

export const withdrawCapability = command({
  name: 'navigation.withdraw-capability',
  by: speakers,
  basis: '明确各医疗卫生机构能力',
  does: {
    zh: '撤回一条能力申报,写明理由;此后按科目和层级推定,历史留存。',
    en: 'Takes a declaration back, with the reason; from then on the place is judged by specialty and tier, and history is kept.',
  },
  input: withdrawInput,
  read: async (tx, input, act) => {
    const org = input.institution as OrgId
    const capability = await store.lockCapability(tx, org, input.capability)
    if (!capability) return null
    return { capability, relations: await relationsToInstitution(tx, act.actor, org, act.today) }
  },
  relation: ({ relations }) => relations,
  decide: ({ capability }, input, act) => {
    if (capability.until !== null) return refuse('navigation.capability-ended', { day: capability.until })
    const on = (input.on as Day | undefined) ?? act.today
    return ok({ change: { capability, on, why: input.why }, answer: { capability: capability.id, until: on } })
  },
  write: async (tx, change, act) => void (await store.saveWithdrawal(tx, change, { at: act.now, by: act.actor.account })),
})

export const capabilities = query({
  name: 'navigation.capabilities',
  by: [...speakers, 'village-doctor@own', 'ward@own'],
  basis: '明确各医疗卫生机构能力',
  does: {
    zh: '一家机构申报的能力:某日有效的、全部历史(谁何时申报或撤回),以及还可以申报什么。',
    en: 'What an institution has declared: what is in force on a day, the whole history with who declared or withdrew it when, and what else it may declare.',
  },
  input: capabilitiesInput,
  read: async (tx, input, act) => {
    const org = input.institution as OrgId
    const place = await findInstitution(tx, org)
    if (!place) return null
    const on = (input.day as Day | undefined) ?? act.today
    return {
      on,
      place,
      inForce: await store.capabilitiesOn(tx, [org], on),
      versions: await store.capabilityVersions(tx, org),
      services: await servicesOf(tx, [org], on),
      specialties: await specialtyNames(tx),
      conditions: await allConditions(tx),
      relations: await relationsToInstitution(tx, act.actor, org, act.today),
    }
  },
  relation: ({ relations }) => relations,
  answer: ({ on, place, inForce, versions, services, specialties, conditions }) => {
    const { things } = shippedRequirements()
    const offered = new Set(services.map(({ specialty }) => specialty))
    const names = new Map<string, Name>([
      ...specialties.map(({ code, zh, en }): [string, Name] => [`specialty:${code}`, { zh, en }]),
      ...[...things.values()].map(({ kind, key, zh, en }): [string, Name] => [`${kind}:${key}`, { zh, en }]),
      ...conditions.map(({ key, name }): [string, Name] => [`condition:${key}`, name]),
    ])
    return {
      day: on,
      institution: { id: place.id, name: place.name, tier: place.tier },
      inForce,
      versions: versions.map((one) => ({ ...one, name: names.get(`${one.about}:${one.key}`) ?? { zh: one.key, en: one.key } })),
      /** What may be declared: specialties, those that it offers first; and things. Conditions are found by their own search. */
      specialties: specialties
        .map(({ code, zh, en }) => ({ code, printed: printedSpecialty(code), zh, en, isOffered: offered.has(code) }))
        .toSorted((a, b) => Number(b.isOffered) - Number(a.isOffered) || (a.code < b.code ? -1 : 1)),
      things: [...things.values()].map(({ key, kind, zh, en }) => ({ key, kind, zh, en })),
    }
  },
})
