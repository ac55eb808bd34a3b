import type { Day } from '../../kernel/day.ts'
import type { PersonId } from '../../kernel/id.ts'
import { ok, refuse, refuseAll } from '../../kernel/result.ts'
import { pinyinOf } from '../../platform/pinyin.ts'
import { command, type Act, type TraceEvent } from '../../platform/forms/form.ts'
import { parentOf } from '../organisations/index.ts'
import { deathInput, eraseInput, linkInput, registerInput, revealInput, unlinkInput } from './contract.ts'
import { nameLinked, saveLink, saveUnlink } from './link-store.ts'
import { rulesOf } from './matching/match-persons.ts'
import { tellApart } from './matching/pair-store.ts'
import { sideOfPerson } from './matching/side-of-person.ts'
import { bornOnOf, faultsOfRegistration, plainNumber } from './rules/may-register.ts'
import { evidenceBeyond, scoreMatch } from './rules/score-match.ts'
import { idNumberOf } from './shown.ts'
import * as store from './store.ts'
import { relationsToPerson } from './relations.ts'
import type { OrgId } from '../../kernel/id.ts'

/** What happened to a person, told to the institution that acts and to those named. */
export const personEvent = (type: string, person: PersonId, act: Act, reason?: string, seenBy: OrgId[] = []): TraceEvent => ({
  type,
  // A person has no case; the events about the person itself form one, named by the act that began it.
  case: { kind: 'person', org: act.actor.org ?? ('0' as OrgId), id: act.newId() },
  person,
  seenBy: act.actor.org ? [act.actor.org, ...seenBy] : seenBy,
  ...(reason ? { reason } : {}),
})

export const register = command({
  name: 'residents.register',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone'],
  basis: 'GB 11643-1999; 电子健康卡 多卡合一',
  does: { zh: '登记一位居民;证件号可缺(新生儿、外籍)。', en: 'Registers a person; a number may be absent (newborn, foreigner).' },
  input: registerInput,
  read: async (tx, _input, act) => ({
    id: await store.nextPersonId(tx),
    parent: act.actor.org ? await parentOf(tx, act.actor.org) : null,
  }),
  decide: ({ id, parent }, input, act) => {
    const identifier = input.identifier ? { type: input.identifier.type, number: plainNumber(input.identifier.number) } : null
    const entry = { bornOn: (input.bornOn ?? null) as Day | null, sex: input.sex, identifier }
    const faults = faultsOfRegistration(entry, act.today)
    if (faults.length > 0) return refuseAll(faults)
    const isVillage = act.actor.role === 'village-doctor'
    const fresh: store.NewPerson = {
      id,
      zh: input.name.zh,
      en: input.name.en ?? null,
      ...pinyinOf(input.name.zh, true),
      sex: input.sex,
      bornOn: bornOnOf(entry),
      village: input.village ?? null,
      address: input.address ?? null,
      insurance: input.insurance,
      careOrg: isVillage ? parent : act.actor.role === 'family-doctor' ? act.actor.org : null,
      clinicOrg: isVillage ? act.actor.org : null,
      phone: input.phone ?? null,
      identifier,
      synthetic: false,
      createdAt: act.now,
    }
    return ok({ change: fresh, answer: { person: id }, events: [personEvent('residents.registered', id, act)] })
  },
  write: (tx, fresh, act) => store.savePerson(tx, fresh, act.cipher, act.newId()),
})

export const reveal = command({
  name: 'residents.reveal',
  by: ['village-doctor@care-team', 'family-doctor@care-team', 'resident@self'],
  basis: '个人信息保护法 第二十八条、第二十九条',
  does: { zh: '查看完整证件号,须写明理由,留痕。', en: 'Shows the whole number; asks for a reason and leaves a trace.' },
  input: revealInput,
  read: (tx, input) => store.findPerson(tx, input.person as PersonId),
  relation: (person, act) => relationsToPerson(act.actor, person),
  subject: (person) => ({ person: person.id }),
  decide: (person, input, act) =>
    person.erasedAt
      ? refuse('residents.erased')
      : ok({
          change: null,
          answer: { idNumber: idNumberOf(person, act.cipher) },
          events: [personEvent('residents.number-revealed', person.id, act, input.reason)],
        }),
  write: async () => {},
})

export const recordDeath = command({
  name: 'residents.record-death',
  by: ['village-doctor@care-team', 'family-doctor@care-team', 'ward@anyone'],
  basis: '死亡医学证明; 转诊随死亡终止',
  does: { zh: '登记居民死亡;其未结转诊随之终止。', en: 'Records a death; open referrals of the person end with it.' },
  input: deathInput,
  read: (tx, input) => store.lockPerson(tx, input.person as PersonId),
  relation: (person, act) => relationsToPerson(act.actor, person),
  subject: (person) => ({ person: person.id }),
  decide: (person, input, act) => {
    if (person.diedOn) return refuse('residents.dead-already')
    const diedOn = input.diedOn as Day
    if (diedOn > act.today || (person.bornOn && diedOn < person.bornOn)) return refuse('residents.death-before-birth')
    return ok({
      change: { id: person.id, diedOn },
      answer: { person: person.id },
      events: [personEvent('residents.died', person.id, act)],
    })
  },
  write: async (tx, { id, diedOn }) => void (await store.saveDeath(tx, id, diedOn)),
})

export const link = command({
  name: 'residents.link',
  by: ['administrator@anyone', 'health-bureau@anyone'],
  basis: '患者主索引:合并可逆,两份历史都保留',
  does: { zh: '把重复档案合并为一人(可撤销)。', en: 'Links a duplicate record to the person it is (can be undone).' },
  input: linkInput,
  read: async (tx, input, act) => {
    const person = await store.lockPerson(tx, input.person as PersonId)
    const into = person && (await store.lockPerson(tx, input.into as PersonId))
    if (!person || !into) return null
    await nameLinked(tx, [person.id])
    const [one, other] = [await sideOfPerson(tx, person, act.cipher), await sideOfPerson(tx, into, act.cipher)]
    return { person, into, factors: scoreMatch(one, other, rulesOf(act.policy)).factors }
  },
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, into, factors }, input, act) => {
    if (person.id === into.id) return refuse('residents.link-to-itself')
    if (person.mergedInto || into.mergedInto) return refuse('residents.linked-already')
    const evidence = [...evidenceBeyond(factors), ...(input.seen ? [`paper-${input.seen}`] : [])]
    if (evidence.length === 0) return refuse('residents.only-name-and-birthday')
    const change = {
      id: act.newId(),
      person: person.id,
      into: into.id,
      reason: input.reason,
      evidence,
      at: act.now,
      by: act.actor.account,
    }
    return ok({ change, answer: { person: into.id }, events: [personEvent('residents.linked', person.id, act, input.reason)] })
  },
  write: saveLink,
})

export const unlink = command({
  name: 'residents.unlink',
  by: ['administrator@anyone', 'health-bureau@anyone'],
  basis: '患者主索引:合并可逆,两份历史都保留',
  does: { zh: '撤销一次合并,两份档案各自恢复。', en: 'Undoes a link; both records stand again.' },
  input: unlinkInput,
  read: async (tx, input) => {
    const person = await store.lockPerson(tx, input.person as PersonId)
    if (person?.mergedInto) await nameLinked(tx, [person.id, person.mergedInto])
    return person
  },
  subject: (person) => ({ person: person.id }),
  decide: (person, input, act) =>
    person.mergedInto
      ? ok({
          change: { person: person.id, from: person.mergedInto, reason: input.reason },
          answer: { person: person.id },
          events: [personEvent('residents.unlinked', person.id, act, input.reason)],
        })
      : refuse('residents.not-linked'),
  write: async (tx, { person, from, reason }, act) => {
    await saveUnlink(tx, person, act.now)
    await tellApart(tx, [person, from], { at: act.now, by: act.actor.account, reason })
  },
})

export const erase = command({
  name: 'residents.erase',
  by: ['administrator@anyone'],
  basis: '个人信息保护法 第四十七条',
  does: {
    zh: '销毁居民的证件号、电话等标识的密钥;诊疗留痕保留。',
    en: 'Destroys the key of a person’s numbers; the trace of care stays.',
  },
  input: eraseInput,
  read: (tx, input) => store.lockPerson(tx, input.person as PersonId),
  subject: (person) => ({ person: person.id }),
  decide: (person, input, act) =>
    person.erasedAt
      ? refuse('residents.erased')
      : ok({
          change: person.id,
          answer: { person: person.id },
          events: [personEvent('residents.erased', person.id, act, input.reason)],
        }),
  write: (tx, id, act) => store.saveErasure(tx, id, act.now),
})
