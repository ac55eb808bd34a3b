import { useApi } from '../../api/use-api.ts'
import { Chip } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { usePick } from '../../words/language.tsx'
import { ChannelIcon } from './channel-icon.tsx'
import './green-channel.css'
import { Elapsed, useNext, type Clock } from './running.tsx'
import { useGreenWords } from './words.ts'

/** The open green channels of this institution above everything else, with their running clocks; nothing when there are none. */
export const GreenBoard = ({ onOpen }: { onOpen: (referral: string) => void }) => {
  const words = useGreenWords()
  const { data } = useApi('green-channel.board', {}, { follows: ['referral'] })
  if (data === undefined || data.channels.length === 0) return null
  return (
    <section className="green-board" aria-label={words.board(data.channels.length)}>
      <h2>
        <Icon name="warning" /> {words.board(data.channels.length)}
      </h2>
      <ul>
        {data.channels.map((clock) => (
          <li key={clock.case}>
            <BoardRow clock={clock} onOpen={() => onOpen(clock.referral)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const BoardRow = ({ clock, onOpen }: { clock: Clock; onOpen: () => void }) => {
  const words = useGreenWords()
  const pick = usePick()
  const isHere = clock.side === 'receiver'
  const next = useNext(clock)
  const { onset } = clock
  return (
    <button type="button" className="board-row" onClick={onOpen}>
      <span className="along board-who">
        <ChannelIcon channel={clock.channel} />
        <span>
          <strong>{pick(clock.channelWords)}</strong> {pick(clock.person.name)}
          <span className="board-side">
            {isHere ? words.came : words.went} · {pick(isHere ? clock.sender.name : clock.receiver.name)}
          </span>
        </span>
      </span>
      <span className="board-clock">
        <span className="small">
          {onset.at === null ? words.sinceStart : onset.kind === 'known' ? words.sinceOnset : words.lastSeenWell}
        </span>
        <Elapsed since={onset.at ?? clock.startedAt} />
      </span>
      <span className="board-clock">
        <span className="small">{next.label}</span>
        {next.figures}
      </span>
      {clock.isLateEntry && <Chip tone="warning">{words.lateEntry}</Chip>}
    </button>
  )
}
