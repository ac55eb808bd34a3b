import type { Communication } from '@medplum/fhirtypes'
import type { PersonId } from '../../../kernel/id.ts'
import { isUuid } from '../../../kernel/id.ts'
import { partyOf } from '../../../platform/access.ts'
import { correspondenceForms, filesOf, messageById, messagesByTime, type Message } from '../../correspondence/index.ts'
import { findReferrals, relationsToReferral, type Referral } from '../../referral/index.ts'
import { keyOfPerson, openRecords } from '../../residents/index.ts'
import type { FhirAct } from '../server/act.ts'
import { keyedId, paged, readKeyedId, readTimeMark, timeMark, type Drawn, type Source } from './build.ts'
import { concept, to } from './words.ts'

// What the sides of a referral wrote to each other is seen by its parties, as in `correspondence.thread`; the person does not read it.

const BY = correspondenceForms['correspondence.thread'].by

const referralsOf = ({ tx }: FhirAct, rows: readonly Message[]) =>
  findReferrals(
    tx,
    rows.map(({ org, referral }) => ({ org, id: referral })),
  )

const isParty = ({ act: { actor } }: FhirAct, referral: Referral): boolean =>
  partyOf(BY, actor, relationsToReferral(actor, referral)) !== null

/** What was said, opened; null when it was withdrawn or the person's key is gone. Files are named: their content is opened one by one. */
const payloadOf = async ({ tx, act }: FhirAct, one: Message): Promise<Communication['payload'] | null> => {
  const key = one.withdrawnAt ? null : await keyOfPerson(tx, one.person)
  if (key === null) return null
  const files = await filesOf(tx, one)
  return [
    ...(one.textSealed ? [{ contentString: act.cipher.decrypt(key, one.textSealed) }] : []),
    ...files.map(({ mediaType, bytes, nameSealed }) => ({
      contentAttachment: { contentType: mediaType, size: bytes, title: act.cipher.decrypt(key, nameSealed) },
    })),
  ]
}

const communication = async (open: FhirAct, one: Message, referral: Referral): Promise<Drawn> => {
  const payload = await payloadOf(open, one)
  const recipients = [...new Set([referral.org, referral.receiver])].filter((org) => org !== one.authorOrg)
  const resource: Communication = {
    resourceType: 'Communication',
    id: keyedId(one.org, one.id),
    basedOn: [to('ServiceRequest', one.referral)],
    status: one.withdrawnAt ? 'entered-in-error' : 'completed',
    ...(one.withdrawnAt ? { statusReason: { text: '已由作者撤回 Withdrawn by its author' } } : {}),
    category: [concept('urn:jieli:message-kind', 'referral', '转诊留言')],
    subject: to('Patient', one.person),
    sent: one.at,
    recipient: recipients.map((org) => to('Organization', org)),
    sender: to('Organization', one.authorOrg, one.authorName.zh),
    ...(payload && payload.length > 0 ? { payload } : {}),
  }
  return { resource, at: one.withdrawnAt ?? one.at }
}

const PERSON = /^\d{1,18}$/

/** Messages of referrals. */
export const MESSAGES: readonly Source[] = [
  {
    type: 'Communication',
    searchParams: ['patient', 'subject', 'based-on', 'sender', 'recipient', 'sent', 'status', 'category'],
    one: async (open, id) => {
      const key = readKeyedId(id)
      const found = key && (await messageById(open.tx, key.org, key.id))
      const referral = found && (await referralsOf(open, [found])).get(found.referral)
      return found && referral && isParty(open, referral) ? communication(open, found, referral) : null
    },
    list: async (open, wanted, page) => {
      if (open.act.actor.role === 'resident') return { rows: [], next: null }
      const named = wanted.target('patient', 'subject')
      const person = named !== null && PERSON.test(named) ? (named as PersonId) : null
      if (person) await openRecords(open.tx, [person])
      const basis = wanted.target('based-on')
      const narrowed = { persons: person ? [person] : null, referral: basis !== null && isUuid(basis) ? basis : null }
      const rows = await messagesByTime(open.tx, narrowed, { limit: page.limit, after: readTimeMark(page.after) })
      const referrals = await referralsOf(open, rows)
      const drawn = new Map<string, Drawn>()
      for (const row of rows) {
        const referral = referrals.get(row.referral)
        if (referral && isParty(open, referral)) drawn.set(row.id, await communication(open, row, referral))
      }
      return paged(
        rows,
        page.limit,
        ({ id }) => drawn.get(id) ?? null,
        ({ at, id }) => timeMark(at, id),
      )
    },
  },
]
