import type { Queries } from '../../api/api-types.ts'
import type { Entry } from './day-groups.ts'

type Referral = Queries['referral.of-person']['answer']['rows'][number]
type Filter = {
  kind?: string | undefined
  from?: string | undefined
  until?: string | undefined
  institution?: string | undefined
}

const dayForm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
const MICROS_A_MS = 1_000

/** The moment at which a page ends, ms; a page after which nothing comes ends with time itself. */
const endOf = (cursor: string | null): number => {
  const micros = cursor?.split('~')[0]
  return micros === undefined || micros === 'never' ? -Infinity : Number(micros) / MICROS_A_MS
}

/** Whether a referral fits what a reader filters by: both of its institutions count. */
const fits = ({ openedAt, sender, receiver }: Referral, { kind, from, until, institution }: Filter): boolean => {
  const day = dayForm.format(Date.parse(openedAt))
  return (
    (kind === undefined || kind === 'referral') &&
    (from === undefined || day >= from) &&
    (until === undefined || day <= until) &&
    (institution === undefined || sender.id === institution || receiver.id === institution)
  )
}

/** A referral as a line: what for, from where to where, how far it is, and that the record went with it. */
const entryOf = (row: Referral, says: (row: Referral) => string): Entry => ({
  id: row.id,
  kind: 'referral',
  at: row.openedAt as Entry['at'],
  until: null,
  words: { zh: row.condition.zh, en: row.condition.en ?? row.condition.zh },
  detail: says(row),
  status: row.state,
  values: [],
  institution: null,
})

/**
 * Lines of one page with the referrals of the same stretch of time among them, newest first. The first page reaches up to now, the
 * last one down to the beginning, so that each referral stands on one page.
 */
export const withReferrals = (
  lines: readonly Entry[],
  referrals: readonly Referral[],
  page: { readonly after: string | undefined; readonly next: string | null },
  filter: Filter,
  says: (row: Referral) => string,
): Entry[] => {
  const newest = page.after === undefined ? Infinity : endOf(page.after)
  const oldest = page.next === null ? -Infinity : endOf(page.next)
  const here = referrals.filter((row) => {
    const at = Date.parse(row.openedAt)
    return at <= newest && at > oldest && fits(row, filter)
  })
  if (here.length === 0) return [...lines]
  const moment = ({ at }: Entry): number => (at === null ? -Infinity : Date.parse(at))
  return [...lines, ...here.map((row) => entryOf(row, says))].toSorted((one, other) => moment(other) - moment(one) || 0)
}
