import type { Communication } from '@medplum/fhirtypes'
import type { PersonId } from '../../../kernel/id.ts'
import { isUuid } from '../../../kernel/id.ts'
import { partyOf } from '../../../platform/access.ts'
import {
  correspondenceForms,
  filesOf,
  messageById,
  messagesByTime,
  type Attachment,
  type Message,
} from '../../correspondence/index.ts'
import { findReferrals, relationsToReferral, type Referral } from '../../referral/index.ts'
import { keysOfPersons, openRecords } from '../../residents/index.ts'
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
const payloadOf = (
  { act }: FhirAct,
  one: Message,
  key: Buffer | undefined,
  files: readonly Attachment[],
): Communication['payload'] | null => {
  if (one.withdrawnAt || !key) return null
  return [
    ...(one.textSealed ? [{ contentString: act.cipher.decrypt(key, one.textSealed) }] : []),
    ...files.map(({ mediaType, bytes, nameSealed }) => ({
      contentAttachment: { contentType: mediaType, size: bytes, title: act.cipher.decrypt(key, nameSealed) },
    })),
  ]
}

const communication = (one: Message, referral: Referral, payload: Communication['payload'] | null): Drawn => {
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

/** Of some messages those whose party the act is, drawn, by their ids; keys and files of all of them are read together. */
const drawnOf = async (open: FhirAct, rows: readonly Message[]): Promise<Map<string, Drawn>> => {
  const referrals = await referralsOf(open, rows)
  const seen = rows.flatMap((one) => {
    const referral = referrals.get(one.referral)
    return referral && isParty(open, referral) ? [{ one, referral }] : []
  })
  const told = seen.flatMap(({ one }) => (one.withdrawnAt ? [] : [one]))
  const [keys, files] = await Promise.all([
    keysOfPersons(open.tx, [...new Set(told.map(({ person }) => person))]),
    filesOf(open.tx, told),
  ])
  return new Map(
    seen.map(({ one, referral }) => {
      const payload = payloadOf(open, one, keys.get(one.person), files.get(one.id) ?? [])
      return [one.id, communication(one, referral, payload)]
    }),
  )
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
      return found ? ((await drawnOf(open, [found])).get(found.id) ?? null) : null
    },
    list: async (open, wanted, page) => {
      if (open.act.actor.role === 'resident') return { rows: [], next: null }
      const named = wanted.target('patient', 'subject')
      const person = named !== null && PERSON.test(named) ? (named as PersonId) : null
      if (person) await openRecords(open.tx, [person])
      const basis = wanted.target('based-on')
      const narrowed = { persons: person ? [person] : null, referral: basis !== null && isUuid(basis) ? basis : null }
      const rows = await messagesByTime(open.tx, narrowed, { limit: page.limit, after: readTimeMark(page.after) })
      const drawn = await drawnOf(open, rows)
      return paged(
        rows,
        page.limit,
        ({ id }) => drawn.get(id) ?? null,
        ({ at, id }) => timeMark(at, id),
      )
    },
  },
]
