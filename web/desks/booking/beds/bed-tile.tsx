import { Chip } from '../../../ui/chip.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { shortDay, type BoardBed } from './board.ts'
import { useBedsWords } from './words.ts'

const iconOf: Record<BoardBed['state'], IconName> = {
  free: 'check',
  kept: 'clock',
  occupied: 'person',
  cleaning: 'settings',
  closed: 'cross',
}

/** One bed of the board: its state in a word and a picture, who lies in it by sex only, and until when. */
export const BedTile = ({ bed, onOpen }: { bed: BoardBed; onOpen: () => void }) => {
  const words = useBedsWords()
  const { stay, next } = bed
  return (
    <button type="button" className={`bed-tile ${bed.state}`} onClick={onOpen}>
      <span className="bed-tile-head">
        <strong className="figures">{bed.label}</strong>
        <span className="bed-tile-state">
          <Icon name={iconOf[bed.state]} />
          <span>{words.states[bed.state]}</span>
        </span>
      </span>
      <span className="bed-tile-body">
        {stay === null ? words.forSexes[bed.sex] : words.sexes[stay.sex]}
        {bed.isolation && (
          <Chip tone="warning" icon="warning">
            {words.isolation}
          </Chip>
        )}
      </span>
      {stay !== null && (
        <span className={stay.overdueSince === null ? 'bed-tile-day' : 'bed-tile-day over'}>
          {stay.overdueSince === null ? words.until(shortDay(stay.until)) : words.overdue(shortDay(stay.overdueSince))}
        </span>
      )}
      {stay === null && next !== null && <span className="bed-tile-day">{words.next(shortDay(next.from))}</span>}
      {bed.state === 'closed' && <span className="bed-tile-day">{bed.closeReason}</span>}
    </button>
  )
}
