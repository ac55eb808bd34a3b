import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuseAll, type Refusal } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, type Act } from '../../platform/forms/form.ts'
import { membershipsFrom } from './consortium-store.ts'
import { addInstitutionInput, closeInstitutionInput, correctInstitutionInput, setServiceInput } from './contract.ts'
import type { Institution, Service } from './organisations.ts'
import { keepers, regionKeepers, relationsToInstitution } from './parties.ts'
import { faultsOfClosing } from './rules/may-close.ts'
import {
  faultsOfChange,
  faultsOfInstitution,
  faultsOfPresence,
  type CentrePopulation,
  type EntryFacts,
} from './rules/may-enter.ts'
import * as store from './store.ts'

const entryFacts = async (
  tx: Tx,
  entry: { code: string; division: string; parent: string | null },
  except: OrgId | null,
): Promise<EntryFacts> => ({
  codeIsTaken: await store.codeIsTaken(tx, entry.code, except),
  divisionIsKnown: (await store.findDivision(tx, entry.division)) !== null,
  parent: entry.parent ? await store.findInstitution(tx, entry.parent as OrgId) : null,
})

const centrePopulation = (act: Act): CentrePopulation => ({
  least: act.policy('organisations.regional-centre-population', 'least'),
  most: act.policy('organisations.regional-centre-population', 'most'),
})

export const addInstitution = command({
  name: 'organisations.add-institution',
  by: regionKeepers,
  basis: 'WS 218-2002',
  does: { zh: '登记一家机构,自某日起有效。', en: 'Enters an institution, in force from a day.' },
  input: addInstitutionInput,
  read: async (tx, input) => ({ id: await store.nextEnteredId<OrgId>(tx), ...(await entryFacts(tx, input, null)) }),
  decide: ({ id, ...facts }, input, act) => {
    const fresh: Institution = {
      ...input,
      id,
      parent: input.parent as OrgId | null,
      from: input.from as Day,
      until: null,
      name: named(input.name),
    }
    const faults = faultsOfInstitution(fresh, facts, centrePopulation(act))
    return faults.length > 0 ? refuseAll(faults) : ok({ change: fresh, answer: { institution: id } })
  },
  write: async (tx, fresh) => void (await store.saveInstitution(tx, fresh)),
})

const named = (name: { zh: string; en?: string | null | undefined }) => ({ zh: name.zh, en: name.en ?? null })

export const correctInstitution = command({
  name: 'organisations.correct-institution',
  by: keepers,
  basis: 'WS 218-2002',
  does: {
    zh: '更正一家机构的内容,或自某日起变更;原内容保留可查。',
    en: 'Corrects what is said of an institution, or changes it from a day; the earlier text is kept.',
  },
  input: correctInstitutionInput,
  read: async (tx, input, act) => {
    const id = input.institution as OrgId
    const before = (await store.lockInstitutions(tx, [id])).get(id)
    if (!before) return null
    const after = { ...before, ...definedOf(input.set) } as Institution
    const facts = await entryFacts(tx, after, id)
    return {
      before,
      after,
      facts,
      begun: await store.textFrom(tx, id),
      relations: await relationsToInstitution(tx, act.actor, id, act.today),
    }
  },
  relation: ({ relations }) => relations,
  decide: ({ before, after, facts, begun }, input, act) => {
    const from = (input.from ?? null) as Day | null
    const faults = [...faultsOfInstitution(after, facts, centrePopulation(act)), ...faultsOfChange(from, begun, act.today)]
    if (faults.length > 0) return refuseAll(faults)
    const why = from === null ? ('corrected' as const) : ('changed' as const)
    return ok({
      change: { before, after, why, from: from ?? act.today, at: act.now, by: act.actor.account },
      answer: { institution: before.id, why },
    })
  },
  write: store.saveCorrection,
})

const definedOf = <T extends object>(set: T): Partial<T> =>
  Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as Partial<T>

export const closeInstitution = command({
  name: 'organisations.close-institution',
  by: regionKeepers,
  basis: '机构的有效期;其服务、成员关系和人员安排同日终止',
  does: { zh: '登记一家机构自某日起终止。', en: 'Ends an institution on a day, with its services, memberships and placements.' },
  input: closeInstitutionInput,
  read: async (tx, input) => {
    const id = input.institution as OrgId
    const institution = (await store.lockInstitutions(tx, [id])).get(id)
    if (!institution) return null
    return {
      institution,
      children: await store.countChildren(tx, id, input.on as Day),
      memberships: await membershipsFrom(tx, [id], input.on as Day),
    }
  },
  decide: (facts, input) => {
    const faults = faultsOfClosing(facts, input.on as Day)
    if (faults.length > 0) return refuseAll(faults)
    return ok({
      change: { id: facts.institution.id, on: input.on as Day },
      answer: { institution: facts.institution.id, until: input.on },
    })
  },
  write: (tx, { id, on }) => store.saveClosing(tx, id, on),
})

export const setService = command({
  name: 'organisations.set-service',
  by: keepers,
  basis: '明确各医疗卫生机构重点、优势和特色专科建设方向',
  does: {
    zh: '登记一家机构自某日起提供的专科服务及其强项,或终止。',
    en: 'Says what an institution offers in a specialty from a day, with its strength, or ends it.',
  },
  input: setServiceInput,
  read: async (tx, input, act) => {
    const id = input.institution as OrgId
    const institution = (await store.lockInstitutions(tx, [id])).get(id)
    if (!institution) return null
    const offered = (await store.servicesOf(tx, [id], input.from as Day)).filter(
      (one) => one.specialty === input.specialty && one.line === input.line,
    )
    const relations = await relationsToInstitution(tx, act.actor, id, act.today)
    return {
      institution,
      isOffered: offered.length > 0,
      specialtyIsKnown: (await store.specialtyName(tx, input.specialty)) !== null,
      relations,
    }
  },
  relation: ({ relations }) => relations,
  decide: ({ institution, isOffered, specialtyIsKnown }, input) => {
    const day = input.from as Day
    const faults: Refusal[] = faultsOfPresence(institution.id, institution, day, 'institution')
    if (!specialtyIsKnown)
      faults.push({ code: 'organisations.specialty-unknown', detail: { specialty: input.specialty }, field: 'specialty' })
    if (input.ends && !isOffered) faults.push({ code: 'organisations.service-absent', detail: { day } })
    if (faults.length > 0) return refuseAll(faults)
    const { specialty, line, tag } = input
    const service: Service = {
      institution: institution.id,
      specialty,
      line,
      tag,
      name: named(input.name),
      from: day,
      until: null,
    }
    return ok({ change: { service, ends: input.ends }, answer: { institution: institution.id, specialty, line } })
  },
  write: (tx, { service, ends }) => store.saveService(tx, service, ends),
})
