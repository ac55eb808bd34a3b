import { Link, useSearchParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import type { ShownReferral } from '../../../src/modules/referral/contract.ts'
import { Emergency } from './call-link.tsx'
import { plainDay } from './plain-date.ts'
import { ReferralCard } from './referral-card.tsx'
import { referralWords } from './referral-words.ts'
import { isEnded } from './steps.ts'
import { residentWords } from './words.ts'

/** The first page: where I am sent, when, and what to bring; what is over stands below. */
export const ReferralPage = () => {
  const shared = useWordsOf(residentWords)
  const { data, error, isPending, refetch } = useApi('referral.mine', {}, { follows: ['booking'] })
  return (
    <Page title={shared.places.referral}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {isPending && error === null && <Skeleton lines={6} />}
      {data !== undefined && <Referrals referrals={data.referrals} />}
      <Card>
        <Emergency />
      </Card>
    </Page>
  )
}

const Referrals = ({ referrals }: { referrals: readonly ShownReferral[] }) => {
  const words = useWordsOf(referralWords)
  const [search] = useSearchParams()
  const asked = search.get('referral')
  const open = referrals.filter((one) => !isEnded(one))
  const chosen = referrals.filter((one) => one.id === asked)
  const shown = chosen.length > 0 ? chosen : open
  const rest = referrals.filter((one) => !shown.includes(one))
  return (
    <>
      {shown.length === 0 && <NoReferral />}
      {shown.map((one) => (
        <ReferralCard key={one.id} referral={one} />
      ))}
      {rest.length > 0 && (
        <section className="stack tight">
          <h2>{words.before}</h2>
          <Earlier referrals={rest} />
        </section>
      )}
    </>
  )
}

const NoReferral = () => {
  const words = useWordsOf(referralWords)
  const toBook = (
    <Link className="button primary" to="/me/book">
      {words.toBook}
    </Link>
  )
  return <EmptyState kind="none" title={words.none} why={words.noneWhy} action={toBook} />
}

const Earlier = ({ referrals }: { referrals: readonly ShownReferral[] }) => {
  const words = useWordsOf(referralWords)
  const language = useLanguage()
  const pick = usePick()
  const now = useServerNow()
  return (
    <List label={words.before}>
      {referrals.map(({ id, receiver, condition, state, stateSince }) => (
        <LinkRow
          key={id}
          to={`/me/referral?referral=${id}`}
          title={`${pick(receiver.name)} · ${pick(condition)}`}
          lines={`${words.state[state]} · ${plainDay(stateSince, now, language)}`}
        />
      ))}
    </List>
  )
}
