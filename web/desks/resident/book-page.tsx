import { useEffect, useRef } from 'react'
import { Link, useSearchParams } from 'wouter'
import { Page } from '../../shell/desk-frame.tsx'
import { MyNotices } from '../booking/waiting-list/my-notices.tsx'
import { MyWaiting } from '../booking/waiting-list/my-waiting.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { BookedUnit } from './booked-unit.tsx'
import { findWords } from '../../find/find-words.ts'
import { bookingWords } from './booking-words.ts'
import { ChooseNeed } from './choose-need.tsx'
import { ChoosePlace } from './choose-place.tsx'
import { ChooseTime } from './choose-time.tsx'
import { ChooseWhom, ForWhomLine, useForWhom } from './for-whom.tsx'
import { MyBookings } from './my-bookings.tsx'
import { residentWords } from './words.ts'

/**
 * Booking a visit oneself, one question a screen: what troubles you, where, when, confirm. The steps stand in the
 * address, so that the telephone's own way back works and a reload loses nothing.
 */
export const BookPage = () => {
  const { places } = useWordsOf(residentWords)
  const [search] = useSearchParams()
  const booking = search.get('booking')
  const at = search.get('at')
  const specialty = search.get('specialty')
  const condition = search.get('condition')
  const content = useRef<HTMLDivElement>(null)
  const step = search.toString()
  const shownStep = useRef(step)
  useEffect(() => {
    if (shownStep.current === step) return
    shownStep.current = step
    // A new question is a new page for those who listen or use keys.
    content.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [step])
  return (
    <Page title={places.book}>
      <div ref={content} tabIndex={-1} className="stack wide">
        {step !== '' && booking === null && <ForWhomLine />}
        {booking !== null && at !== null && <BookedUnit org={at} id={booking} />}
        {booking === null && specialty !== null && at !== null && <ChooseTime org={at} specialty={specialty} />}
        {booking === null && at === null && (specialty !== null || condition !== null) && (
          <ChoosePlace need={specialty === null ? { condition: condition ?? '' } : { specialty }} />
        )}
        {step === '' && <Start />}
      </div>
    </Page>
  )
}

const Start = () => {
  const words = useWordsOf(bookingWords)
  const find = useWordsOf(findWords)
  const { whom } = useForWhom()
  return (
    <>
      <ChooseWhom />
      <Link className="choice-tile link-tile find-tile" to="/me/find">
        <strong>{find.open}</strong>
        <span className="soft small">{find.openHint}</span>
      </Link>
      <MyNotices whom={whom} />
      <MyWaiting whom={whom} />
      <MyBookings whom={whom} />
      <section className="stack">
        <h2>{words.need}</h2>
        <ChooseNeed />
      </section>
    </>
  )
}
