import { useState } from 'react'
import { serverNow } from '../../api/server-clock.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import type { Commands } from '../../api/api-types.ts'
import { instantOfLocal, localOf, timeOfDay } from './clock-times.ts'
import type { Clock } from './running.tsx'
import { useGreenWords } from './words.ts'

type Moment = Clock['nodes'][number]
type Node = Commands['green-channel.stamp']['input']['node']

/** The moments of a channel: one tap writes "now", another enters an earlier time or corrects one. */
export const NodeList = ({ clock }: { clock: Clock }) => {
  const words = useGreenWords()
  const pick = usePick()
  const [edited, setEdited] = useState<Moment | null>(null)
  const theirs = clock.nodes.filter(({ at, isMine }) => at === null && !isMine).map((moment) => pick(moment.words))
  return (
    <section aria-label={words.nodes}>
      <h3>{words.nodes}</h3>
      <ol className="node-list">
        {clock.nodes
          .filter(({ at, isMine }) => at !== null || isMine)
          .map((moment) => (
            <NodeRow key={moment.node} clock={clock} moment={moment} onEdit={() => setEdited(moment)} />
          ))}
      </ol>
      {theirs.length > 0 && <p className="soft small">{words.theirs(theirs)}</p>}
      {edited !== null && <TimeDialog key={edited.node} clock={clock} moment={edited} onClose={() => setEdited(null)} />}
    </section>
  )
}

const NodeRow = ({ clock, moment, onEdit }: { clock: Clock; moment: Moment; onEdit: () => void }) => {
  const words = useGreenWords()
  const pick = usePick()
  const stamp = useCommand('green-channel.stamp')
  const name = pick(moment.words)
  const node = moment.node as Node
  // While the patient is on the way, the door comes next.
  const isNext = moment.node === (clock.next?.to ?? 'door-in')
  // The moment of the press counts, not that of a later try after the network failed.
  const press = () => stamp.mutate({ case: clock.case, node, occurredAt: new Date(serverNow()).toISOString() })
  const again = () => stamp.variables && stamp.mutate(stamp.variables)
  return (
    <li className={moment.at === null ? 'node' : 'node done'}>
      <span className="node-name">
        {name}
        {moment.by !== null && (
          <span className="soft small">
            {' '}
            {pick(moment.by)}
            {moment.corrected.map(({ at }) => ` · ${words.wasBefore(timeOfDay(at))}`)}
            {moment.reason !== null && ` · ${moment.reason}`}
          </span>
        )}
      </span>
      {moment.at !== null && <strong className="figures node-time">{timeOfDay(moment.at)}</strong>}
      {moment.at === null && clock.state !== 'open' && <span className="soft small">{words.notYet}</span>}
      {moment.isMine && (
        <span className="along node-acts">
          {moment.mayBeNow && (
            <Button
              small
              tone={isNext ? 'primary' : 'plain'}
              icon="clock"
              busy={stamp.isPending}
              aria-label={words.nowFor(name)}
              onClick={press}
            >
              {words.now}
            </Button>
          )}
          <Button
            small
            tone="quiet"
            aria-label={moment.at === null ? words.otherTimeFor(name) : words.correctFor(name)}
            onClick={onEdit}
          >
            {moment.at === null ? words.otherTime : words.correct}
          </Button>
        </span>
      )}
      {stamp.error !== null && (
        <div className="node-error">
          <ErrorNote error={stamp.error} onRetry={again} />
        </div>
      )}
    </li>
  )
}

const TimeDialog = ({ clock, moment, onClose }: { clock: Clock; moment: Moment; onClose: () => void }) => {
  const words = useGreenWords()
  const pick = usePick()
  const stamp = useCommand('green-channel.stamp')
  const [local, setLocal] = useState(() => localOf(moment.at === null ? serverNow() : Date.parse(moment.at)))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const occurredAt = instantOfLocal(local)
  const needsReason = moment.at !== null
  const lacksReason = needsReason && reason.trim().length < 2
  const save = () => {
    setTried(true)
    if (occurredAt === null || lacksReason) return
    stamp.mutate(
      { case: clock.case, node: moment.node as Node, occurredAt, ...(needsReason ? { reason: reason.trim() } : {}) },
      { onSuccess: onClose },
    )
  }
  const title = needsReason ? words.correctFor(pick(moment.words)) : words.otherTimeFor(pick(moment.words))
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={stamp.isPending} onClick={save}>
          {words.save}
        </Button>
      }
    >
      <div className="stack">
        <TextField
          type="datetime-local"
          label={words.time}
          hint={words.timeHint}
          required
          error={tried && occurredAt === null ? words.timeWrong : undefined}
          max={localOf(serverNow())}
          value={local}
          onChange={setLocal}
        />
        {needsReason && (
          <TextField
            label={words.reason}
            hint={words.correctHint}
            required
            maxLength={200}
            error={tried && lacksReason ? words.reasonMissing : undefined}
            value={reason}
            onChange={setReason}
          />
        )}
        {stamp.error !== null && <ErrorNote error={stamp.error} />}
      </div>
    </Dialog>
  )
}
