import type { z } from 'zod'
import { plusMinutes } from '../../kernel/clock.ts'
import { ageOn } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../kernel/result.ts'
import { command, query, type Act, type Decision } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { findInstitution, institutionsOf, type Institution } from '../organisations/index.ts'
import { idsOf, keyOfPerson } from '../residents/index.ts'
import { consentsOf, findScan, lockConsent, saveConsent, saveWithdrawal, type Consent, type NewConsent } from './consent-store.ts'
import { giveConsentInput, ofPersonInput, paperConsentInput, withdrawConsentInput, type ShownConsent } from './contract.ts'
import { CONSENT_KINDS } from './record-access.ts'
import { consentWords } from './rules/consent-words.ts'
import { relationsToRecord, standingTo, type Standing } from './standing.ts'

const OF_THE_PERSON = ['resident@self', 'resident@representative'] as const
const CARE_TEAM = ['village-doctor@care-team', 'family-doctor@care-team'] as const
const BASIS = '个人信息保护法 第十三条、第十四条、第十五条、第二十三条、第二十九条'
const DAY_MINUTES = 1_440
const DAYS_A_YEAR = 366

type Wish = z.output<typeof giveConsentInput>
type Facts = Standing & { readonly to: Institution | null; readonly earlier: readonly Consent[]; readonly key: Buffer | null }

const read = async (tx: Tx, input: Wish): Promise<Facts | null> => {
  const standing = await standingTo(tx, input.person)
  if (!standing) return null
  const { person } = standing
  return {
    ...standing,
    to: input.to ? await findInstitution(tx, input.to as OrgId) : null,
    earlier: await consentsOf(tx, await idsOf(tx, person.id)),
    key: await keyOfPerson(tx, person.id),
  }
}

const inForce = (one: Consent, act: Act): boolean => one.withdrawnAt === null && one.until > act.now

const faults = ({ person, to, earlier }: Facts, input: Wish, act: Act): Refusal[] => {
  const years = act.policy('record-access.consent-years-most')
  const found: Refusal[] = []
  if (person.erasedAt) found.push({ code: 'record-access.person-erased' })
  if (input.purpose !== 'treatment' && !input.to) found.push({ code: 'record-access.consent-needs-institution', field: 'to' })
  if (input.to && !to) found.push({ code: 'record-access.institution-unknown', field: 'to' })
  if (input.days > years * DAYS_A_YEAR) found.push({ code: 'record-access.consent-too-long', field: 'days', detail: { years } })
  if (earlier.some((one) => inForce(one, act) && one.purpose === input.purpose && one.to === (input.to ?? null)))
    found.push({ code: 'record-access.consent-given-already' })
  return found
}

type Made = Result<Decision<NewConsent, { consent: string; until: string }>>

const made = (facts: Facts, input: Wish, act: Act, by: Pick<NewConsent, 'givenBy' | 'scan' | 'scanType'>): Made => {
  const refusals = faults(facts, input, act)
  if (refusals.length > 0) return refuseAll(refusals)
  const until = plusMinutes(act.now, input.days * DAY_MINUTES)
  const id = act.newId()
  const fresh: NewConsent = {
    person: facts.person.id,
    id,
    purpose: input.purpose,
    to: facts.to?.id ?? null,
    kinds: input.kinds ? [...new Set(input.kinds.flatMap((kind) => [...CONSENT_KINDS[kind]]))] : null,
    shown: consentWords({
      purpose: input.purpose,
      to: facts.to?.name ?? null,
      kinds: input.kinds ?? null,
      until,
      zone: act.zone,
    }),
    givenAt: act.now,
    until,
    byAccount: act.actor.account,
    byOrg: act.actor.org,
    ...by,
  }
  const event = {
    type: 'record-access.consent-given',
    case: { kind: 'consent', org: facts.to?.id ?? ('0' as OrgId), id },
    person: facts.person.id,
    seenBy: facts.to ? [facts.to.id] : [],
  }
  return ok({ change: fresh, answer: { consent: id, until }, events: [event] })
}

const isTooYoung = ({ person }: Facts, act: Act): boolean =>
  person.bornOn !== null && ageOn(person.bornOn, act.today) < act.policy('record-access.own-secrets-years')

export const giveConsent = command({
  name: 'record-access.give-consent',
  by: OF_THE_PERSON,
  basis: BASIS,
  does: {
    zh: '本人或监护人、代理人就一种用途授权调阅,写明给谁、哪些内容、多久。',
    en: 'The person, or who acts for them, consents to one purpose: who may read what, and until when.',
  },
  input: giveConsentInput,
  read,
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: '本人授权 (consent of the person)' }),
  decide: (facts, input, act) => {
    const isSelf = act.actor.person === facts.person.id
    if (isSelf && isTooYoung(facts, act))
      return refuse('record-access.guardian-consents', { years: act.policy('record-access.own-secrets-years') })
    return made(facts, input, act, { givenBy: isSelf ? 'self' : 'representative', scan: null, scanType: null })
  },
  write: async (tx, fresh) => void (await saveConsent(tx, fresh)),
})

const MAGIC: Readonly<Record<string, string>> = {
  'image/jpeg': 'ffd8ff',
  'image/png': '89504e470d0a1a0a',
  'application/pdf': '255044462d',
}

export const recordPaperConsent = command({
  name: 'record-access.record-paper-consent',
  by: CARE_TEAM,
  basis: BASIS,
  does: {
    zh: '家庭医生录入居民签字的纸质授权,附扫描件。',
    en: 'The family doctor records a consent that the person signed on paper, with its scan.',
  },
  input: paperConsentInput,
  read,
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: '纸质授权录入 (paper consent)' }),
  decide: (facts, { scan, ...input }, act) => {
    if (!facts.key) return refuse('record-access.person-erased')
    if (
      !Buffer.from(scan.base64, 'base64')
        .toString('hex')
        .startsWith(MAGIC[scan.mediaType] ?? '-')
    )
      return refuse('record-access.scan-unreadable')
    return made(facts, input, act, {
      givenBy: 'paper',
      scan: act.cipher.encrypt(facts.key, scan.base64),
      scanType: scan.mediaType,
    })
  },
  write: async (tx, fresh) => void (await saveConsent(tx, fresh)),
})

export const withdrawConsent = command({
  name: 'record-access.withdraw-consent',
  by: [...OF_THE_PERSON, ...CARE_TEAM],
  basis: '个人信息保护法 第十五条:撤回同意',
  does: {
    zh: '撤回授权,即时生效;此前依授权所做的仍有效。',
    en: 'Withdraws a consent at once; what was done under it before stays lawful.',
  },
  input: withdrawConsentInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    const consent = standing && (await lockConsent(tx, await idsOf(tx, standing.person.id), input.consent))
    return standing && consent && { ...standing, consent }
  },
  relation: relationsToRecord,
  subject: ({ person }) => ({ person: person.id, basis: '撤回授权 (withdrawal of consent)' }),
  decide: ({ person, consent }, _input, act) => {
    if (!inForce(consent, act)) return refuse('record-access.consent-over')
    const event = {
      type: 'record-access.consent-withdrawn',
      case: { kind: 'consent', org: consent.to ?? ('0' as OrgId), id: consent.id },
      person: person.id,
      seenBy: consent.to ? [consent.to] : [],
    }
    return ok({ change: consent, answer: { withdrawnAt: act.now }, events: [event] })
  },
  write: async (tx, consent, act) => void (await saveWithdrawal(tx, consent, act.now, act.actor.account)),
})

export const consents = query({
  name: 'record-access.consents',
  by: [...OF_THE_PERSON, ...CARE_TEAM],
  basis: BASIS,
  does: { zh: '一位居民的全部授权,含已撤回的。', en: 'All consents of a person, also those withdrawn.' },
  input: ofPersonInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    if (!standing) return null
    const given = await consentsOf(tx, await idsOf(tx, standing.person.id))
    const orgs = [...new Set(given.flatMap(({ to }) => (to ? [to] : [])))]
    return { ...standing, given, institutions: await institutionsOf(tx, orgs) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id, basis: '查看授权 (consents)' }],
  answer: ({ given, institutions }, _input, act): { consents: ShownConsent[] } => ({
    consents: given.map((one) => {
      const to = institutions.find(({ id }) => id === one.to)
      return {
        id: one.id,
        purpose: one.purpose,
        to: to ? { id: to.id, zh: to.name.zh, en: to.name.en ?? null } : null,
        shown: one.shown,
        givenBy: one.givenBy,
        givenAt: one.givenAt,
        until: one.until,
        withdrawnAt: one.withdrawnAt,
        inForce: inForce(one, act),
      }
    }),
  }),
})

export const consentScan = query({
  name: 'record-access.consent-scan',
  by: [...OF_THE_PERSON, ...CARE_TEAM],
  basis: BASIS,
  does: { zh: '一份纸质授权的扫描件。', en: 'The scan of a consent on paper.' },
  input: withdrawConsentInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    const found = standing && (await findScan(tx, await idsOf(tx, standing.person.id), input.consent))
    const key = found && (await keyOfPerson(tx, found.person))
    return standing && found && key ? { ...standing, found, key } : null
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id, basis: '查看纸质授权 (paper consent)' }],
  answer: ({ found, key }, _input, act) => ({ mediaType: found.type, base64: act.cipher.decrypt(key, found.scan) }),
})
