import type { Day } from '../../../kernel/day.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll } from '../../../kernel/result.ts'
import type { Cipher } from '../../../platform/cipher.ts'
import { command, query, Refused } from '../../../platform/forms/form.ts'
import { pinyinOf } from '../../../platform/pinyin.ts'
import { institutionsOf, type Institution } from '../../organisations/index.ts'
import { childOf, saveBirth } from '../birth-store.ts'
import { personEvent } from '../commands.ts'
import { mayBearOn } from '../contract.ts'
import { endNumber, holdNumber, numbersOf, type KeptNumber } from '../number-store.ts'
import { LASTING_KINDS } from '../numbers.ts'
import { relationsToPerson } from '../relations.ts'
import { faultsOfRegistration, plainNumber } from '../rules/may-register.ts'
import { maskNumber } from '../shown.ts'
import { findPerson, idsOf, lockPerson, nextPersonId, savePerson, type NewPerson } from '../store.ts'
import { issuePapersInput, moveNumberInput, numbersInput, registerNewbornInput, type ShownNumber } from './contract.ts'
import { saveNewName } from './name-store.ts'

/** A number as screens show it: masked, with when it was held and why it ended. */
export const shownNumber = (number: KeptNumber, places: readonly Institution[], cipher: Cipher): ShownNumber => {
  const place = places.find(({ id }) => id === number.issuer)
  return {
    id: number.id,
    type: number.type.split('@')[0] as string,
    number: maskNumber(cipher.decrypt(number.wrappedKey, number.sealed)),
    institution: place ? { zh: place.name.zh, en: place.name.en ?? null } : null,
    heldFrom: number.heldFrom,
    endedAt: number.endedAt,
    endedBecause: number.endedBecause,
  }
}

export const numbers = query({
  name: 'residents.numbers',
  by: ['resident@self', 'village-doctor@care-team', 'family-doctor@care-team', 'administrator@anyone', 'health-bureau@anyone'],
  basis: '电子健康卡 多卡合一;个人信息保护法 第四十五条',
  does: {
    zh: '一位居民现在和曾经持有的证件号、卡号(遮盖),及变更原因。',
    en: 'The numbers that a person holds and held (masked), and why they changed.',
  },
  input: numbersInput,
  read: async (tx, input) => {
    const person = await findPerson(tx, input.person as PersonId)
    if (!person) return null
    const kept = await numbersOf(tx, await idsOf(tx, person.id))
    return { person, kept, places: await institutionsOf(tx, [...new Set(kept.flatMap(({ issuer }) => issuer ?? []))]) }
  },
  relation: ({ person }, act) => relationsToPerson(act.actor, person),
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ kept, places }, _input, { cipher }) => ({ numbers: kept.map((number) => shownNumber(number, places, cipher)) }),
})

export const issuePapers = command({
  name: 'residents.issue-papers',
  by: ['village-doctor@care-team', 'family-doctor@care-team', 'administrator@anyone'],
  basis: '电子健康卡:无证件儿童取得证件后升级;号码变更保留历史',
  does: {
    zh: '登记新领的证件:新生儿上户、换号;原号码留在历史中。',
    en: 'Records a paper newly issued: a newborn’s first, or a changed number; the old one stays in the history.',
  },
  input: issuePapersInput,
  read: async (tx, input, act) => {
    const person = await lockPerson(tx, input.person as PersonId)
    if (!person) return null
    const held = (await numbersOf(tx, [person.id])).filter(({ endedAt }) => endedAt === null)
    return {
      person,
      held: held.map(({ type, sealed, wrappedKey }) => ({ type, number: act.cipher.decrypt(wrappedKey, sealed) })),
    }
  },
  relation: ({ person }, act) => relationsToPerson(act.actor, person),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, held }, input, act) => {
    if (person.erasedAt) return refuse('residents.erased')
    const fresh = { type: input.identifier.type, number: plainNumber(input.identifier.number) }
    const faults = faultsOfRegistration({ bornOn: person.bornOn, sex: person.sex, identifier: fresh }, act.today)
    if (faults.length > 0) return refuseAll(faults)
    if (held.some(({ type, number }) => type === fresh.type && number === fresh.number))
      return refuse('residents.number-held-already')
    // Of a card for life the new one replaces the old; other papers stand beside each other.
    const ended = LASTING_KINDS.has(fresh.type) ? held.filter(({ type }) => type === fresh.type) : []
    return ok({
      change: { person, fresh, ended, name: input.name ?? null, reason: input.reason },
      answer: { person: person.id },
      events: [personEvent('residents.papers-issued', person.id, act, input.reason)],
    })
  },
  write: async (tx, { person, fresh, ended, name, reason }, act) => {
    for (const old of ended) await endNumber(tx, person.id, old, act.cipher, { at: act.now, because: reason })
    await holdNumber(tx, person.id, fresh, act.cipher, { id: act.newId(), at: act.now })
    if (name)
      await saveNewName(
        tx,
        { person, zh: name.zh, en: name.en ?? null, ...pinyinOf(name.zh, true), at: act.now, by: act.actor },
        act.cipher,
      )
  },
})

export const moveNumber = command({
  name: 'residents.move-number',
  by: ['administrator@anyone', 'health-bureau@anyone'],
  basis: '患者主索引:一号一人;两人主张同一号码时凭证件归正',
  does: {
    zh: '两人主张同一号码时,把号码归到真正的持有人名下,写明理由;原登记留在历史中。',
    en: 'Gives a number that two persons claim to whom it belongs, with a reason; the earlier holding stays in the history.',
  },
  input: moveNumberInput,
  read: async (tx, input) => {
    const person = await lockPerson(tx, input.person as PersonId)
    const to = person && (await lockPerson(tx, input.to as PersonId))
    return person && to ? { person, to } : null
  },
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, to }, input, act) => {
    if (person.id === to.id) return refuse('residents.link-to-itself')
    if (to.erasedAt) return refuse('residents.erased')
    const number = { type: input.identifier.type, number: plainNumber(input.identifier.number) }
    return ok({
      change: { from: person.id, to: to.id, number, reason: input.reason },
      answer: { person: to.id },
      events: [
        personEvent('residents.number-moved', person.id, act, input.reason),
        personEvent('residents.papers-issued', to.id, act, input.reason),
      ],
    })
  },
  write: async (tx, { from, to, number, reason }, act) => {
    if (!(await endNumber(tx, from, number, act.cipher, { at: act.now, because: reason })))
      throw new Refused('residents.number-not-held')
    await holdNumber(tx, to, number, act.cipher, { id: act.newId(), at: act.now })
  },
})

export const registerNewborn = command({
  name: 'residents.register-newborn',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'],
  basis: '电子健康卡:无证件儿童以母亲、胎次、出生日期建档',
  does: {
    zh: '登记尚无证件的新生儿:母亲、胎次、出生日期;领到证件后升级,历史保留。',
    en: 'Registers a newborn without a number by mother, birth order and birth date; upgraded once a number is issued.',
  },
  input: registerNewbornInput,
  read: async (tx, input) => {
    const mother = await findPerson(tx, input.mother as PersonId)
    if (!mother) return null
    const [id, known] = [await nextPersonId(tx), await childOf(tx, mother.id, input.bornOn as Day, input.birthOrder)]
    return { mother, id, known }
  },
  subject: ({ mother }) => ({ person: mother.id }),
  decide: ({ mother, id, known }, input, act) => {
    const bornOn = input.bornOn as Day
    if (bornOn > act.today) return refuse('residents.born-in-future')
    if (!mayBearOn(mother, bornOn) || (mother.diedOn && mother.diedOn < bornOn)) return refuse('residents.mother-not-possible')
    if (known) return refuse('residents.newborn-known')
    const zh =
      input.name?.zh ?? `${mother.zh}之${input.sex === 'female' ? '女' : '子'}${input.birthOrder > 1 ? input.birthOrder : ''}`
    const child: NewPerson = {
      id,
      zh,
      en: input.name?.en ?? null,
      ...pinyinOf(zh, true),
      sex: input.sex,
      bornOn,
      village: mother.village,
      address: mother.address,
      insurance: 'none',
      careOrg: mother.careOrg,
      clinicOrg: mother.clinicOrg,
      phone: null,
      identifier: null,
      synthetic: mother.synthetic,
      createdAt: act.now,
    }
    const birth = { mother: mother.id, birthOrder: input.birthOrder, child: id, bornOn, at: act.now }
    return ok({ change: { child, birth }, answer: { person: id }, events: [personEvent('residents.registered', id, act)] })
  },
  write: async (tx, { child, birth }, act) => {
    await savePerson(tx, child, act.cipher, act.newId())
    if (!(await saveBirth(tx, birth))) throw new Refused('residents.newborn-known')
  },
})
