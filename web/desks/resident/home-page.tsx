import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { Emergency } from './call-link.tsx'
import { BillDue } from './bill-due.tsx'
import { DueCare } from './due-care.tsx'
import { FamilyDoctorCall, useFamilyDoctorPlace } from './family-doctor.tsx'
import './home.css'
import { homeWords } from './home-words.ts'
import { BookingsOfAll } from './my-bookings.tsx'
import { NewResults, NewVisits } from './new-results.tsx'
import { ReferralCard } from './referral-card.tsx'
import { isEnded } from './steps.ts'

/** The resident's health account: what is new, where I am sent, what is due, what is booked, and the ways to all of it. */
export const HomePage = () => {
  const words = useWordsOf(homeWords)
  const pick = usePick()
  const { resident } = useActor()
  const { data: mine } = useApi('referral.mine', {}, { follows: ['booking'] })
  const { data: person } = useApi('residents.get', { person: resident ?? '' }, { enabled: resident !== null })
  return (
    <Page title={words.title(person === undefined ? '' : pick(person.name))}>
      <NewVisits />
      <NewResults />
      <OpenReferrals />
      <BillDue />
      <PlanWay />
      <BookingsOfAll />
      {resident !== null && <DueCare person={resident} />}
      {/* A referral has its own ways to call. */}
      {person !== undefined && (
        <Contract hasContract={person.careOrg !== null} mayCall={mine !== undefined && mine.referrals.every(isEnded)} />
      )}
      <Ways />
      <Card>
        <Emergency />
      </Card>
    </Page>
  )
}

const OpenReferrals = () => {
  const words = useWordsOf(homeWords)
  const { data, error, isPending, refetch } = useApi('referral.mine', {}, { follows: ['booking'] })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton lines={4} />
  const open = data.referrals.filter((one) => !isEnded(one))
  if (open.length === 0) return <p className="soft">{words.noReferral}</p>
  return open.map((one) => <ReferralCard key={one.id} referral={one} />)
}

/** Where the family doctor is, and one tap to call; who has signed with none is told where, and whom to ask meanwhile. */
const Contract = ({ hasContract, mayCall }: { hasContract: boolean; mayCall: boolean }) => {
  const words = useWordsOf(homeWords)
  const pick = usePick()
  const place = useFamilyDoctorPlace()
  return (
    <Card title={words.doctor}>
      <div className="stack">
        {!hasContract && <p>{words.noDoctor}</p>}
        {place !== null && <p>{hasContract ? words.signedAt(pick(place.name)) : words.askMeanwhile(pick(place.name))}</p>}
        {mayCall && <FamilyDoctorCall />}
      </div>
    </Card>
  )
}

/** Most people have no plan; who has one is led to it. */
const PlanWay = () => {
  const words = useWordsOf(homeWords)
  const { data } = useApi('continuity.my-plan', {})
  if (data === undefined || data.plans.length === 0) return null
  return (
    <Link className="home-tile wide" to="/me/plan">
      <Icon name="check" />
      <span>
        <strong>{words.plan}</strong>
        <span className="soft small">{words.planWhy}</span>
      </span>
    </Link>
  )
}

const ways: readonly [key: keyof typeof homeWords.zh.tiles, to: string, icon: IconName][] = [
  ['life', '/me/life', 'clock'],
  ['record', '/me/record', 'record'],
  ['card', '/me/card', 'card'],
  ['bills', '/me/bills', 'inbox'],
  ['settled', '/me/settled', 'record'],
  ['offSite', '/me/off-site', 'place'],
  ['family', '/me/family', 'person'],
  ['referral', '/me/referral', 'baton'],
  ['book', '/me/book', 'calendar'],
  ['account', '/me/account', 'person'],
]

const Ways = () => {
  const words = useWordsOf(homeWords)
  return (
    <nav className="home-tiles" aria-label={words.all}>
      {ways.map(([key, to, icon]) => (
        <Link key={key} className="home-tile" to={to}>
          <Icon name={icon} />
          <span>
            <strong>{words.tiles[key][0]}</strong>
            <span className="soft small">{words.tiles[key][1]}</span>
          </span>
        </Link>
      ))}
    </nav>
  )
}
