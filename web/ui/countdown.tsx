import { useWords } from '../words/language.tsx'
import { Chip, type ChipTone } from './chip.tsx'
import type { IconName } from './icon.tsx'
import { countdownWords, formatInstant, nearnessOf, relativeWords, type Nearness } from './time-format.ts'
import { useServerNow } from './use-server-now.ts'

const look: Record<Nearness, { tone: ChipTone; icon: IconName }> = {
  calm: { tone: 'calm', icon: 'clock' },
  soon: { tone: 'warning', icon: 'clock' },
  over: { tone: 'danger', icon: 'warning' },
}

/**
 * How long until an ISO instant, by the server's clock. `soonMinutes` is when calm turns into a warning.
 * Screen readers read it when they come to it; the running figures do not interrupt them.
 */
export const Countdown = ({ until, soonMinutes = 30 }: { until: string; soonMinutes?: number }) => {
  const words = useWords()
  const now = useServerNow()
  const deadline = Date.parse(until)
  const nearness = nearnessOf(deadline, now, soonMinutes)
  return (
    <span className="countdown" role="timer" aria-live="off" title={formatInstant(until)}>
      <Chip {...look[nearness]}>
        <span className="figures">{countdownWords(deadline, now, soonMinutes, words.time)}</span>
      </Chip>
    </span>
  )
}

/** An instant to read: relative within a day with the date on hover, else the date itself. */
export const When = ({ at, exact = false }: { at: string; exact?: boolean }) => {
  const words = useWords()
  const now = useServerNow()
  const date = formatInstant(at)
  return (
    <time dateTime={at} title={date} className="figures">
      {exact ? date : (relativeWords(at, now, words.time) ?? date)}
    </time>
  )
}
