import type { PersonId } from '../../kernel/id.ts'
import { ok, refuse, refuseAll } from '../../kernel/result.ts'
import { command } from '../../platform/forms/form.ts'
import { correctInput } from './contract.ts'
import { correctionsSince, saveCorrection, type NewCorrection } from './correction-store.ts'
import { relationsToPerson } from './relations.ts'
import { CORRECTED_FIELDS, fieldsInConflict } from './rules/meet-corrections.ts'
import { phoneOf } from './shown.ts'
import { lockPerson } from './store.ts'

export const correct = command({
  name: 'residents.correct',
  by: ['village-doctor@care-team', 'family-doctor@care-team'],
  basis: '个人信息保护法 第四十六条;离线更正不覆盖他人的更正',
  does: {
    zh: '更正居民的电话、住址、医保;在他人更正之后的同一栏不覆盖,交由人选定。',
    en: 'Corrects a person’s phone, address or insurance; never writes over a field that somebody else corrected meanwhile.',
  },
  input: correctInput,
  read: async (tx, input) => {
    const person = await lockPerson(tx, input.person as PersonId)
    return person && { person, earlier: await correctionsSince(tx, person.id, input.ifVersion) }
  },
  relation: ({ person }, act) => relationsToPerson(act.actor, person),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, earlier }, input, act) => {
    if (person.erasedAt) return refuse('residents.erased')
    const fields = CORRECTED_FIELDS.filter((field) => input[field] !== undefined)
    if (fields.length === 0) return refuse('residents.nothing-to-correct')
    const met = fieldsInConflict(fields, input.ifVersion, person.version, earlier)
    if (met.length > 0) return refuseAll(met.map((field) => ({ code: 'residents.changed-meanwhile' as const, field })))
    const { phone, address, insurance } = input
    const was = { phone: phoneOf(person, act.cipher), address: person.address, insurance: person.insurance }
    const change: NewCorrection = {
      person,
      fields,
      phone,
      address,
      insurance,
      was: JSON.stringify(Object.fromEntries(fields.map((field) => [field, was[field]]))),
      at: act.now,
      by: act.actor.account,
      org: act.actor.org,
    }
    const event = {
      type: 'residents.corrected',
      case: { kind: 'person', org: act.actor.org ?? ('0' as never), id: act.newId() },
      person: person.id,
      seenBy: act.actor.org ? [act.actor.org] : [],
    }
    return ok({ change, answer: { person: person.id, version: person.version + 1 }, events: [event] })
  },
  write: (tx, change, act) => saveCorrection(tx, change, act.cipher),
})
