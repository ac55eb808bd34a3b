import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { usePick } from '../../words/language.tsx'
import type { CaseInSight } from '../case-panels.tsx'
import { ChannelIcon } from './channel-icon.tsx'
import { ClockActs } from './clock-acts.tsx'
import { EcgPicture } from './ecg-picture.tsx'
import './green-channel.css'
import { NodeList } from './node-list.tsx'
import { Elapsed, Left, TargetChip, useNext, type Clock } from './running.tsx'
import { useGreenWords } from './words.ts'

/** The clock of a green channel on a case's page; nothing for any other case. */
export const GreenClock = ({ referral }: { referral: CaseInSight }) =>
  referral.urgency === 'green-channel' ? <ClockOf key={referral.id} referral={referral} /> : null

const ClockOf = ({ referral }: { referral: CaseInSight }) => {
  const { data } = useApi('green-channel.of-referral', { referral: referral.id }, { follows: ['referral'] })
  return data?.clock ? <Whole clock={data.clock} referral={referral} /> : null
}

const Whole = ({ clock, referral }: { clock: Clock; referral: CaseInSight }) => {
  const words = useGreenWords()
  const pick = usePick()
  return (
    <div className={clock.state === 'open' ? 'green-clock running' : 'green-clock'}>
      <Card
        title={
          <span className="along">
            <ChannelIcon channel={clock.channel} /> {words.title(pick(clock.channelWords))}
          </span>
        }
        aside={<StateOf clock={clock} />}
      >
        <div className="stack">
          {clock.state === 'open' && <BigClocks clock={clock} />}
          {clock.endReason !== null && <p>{clock.endReason}</p>}
          <Place clock={clock} />
          <Measured clock={clock} />
          {clock.state === 'open' && clock.side !== null && <EcgPicture referral={referral} />}
          <div className="clock-halves">
            <NodeList clock={clock} />
            <TargetList clock={clock} />
          </div>
          <ClockActs clock={clock} />
        </div>
      </Card>
    </div>
  )
}

const StateOf = ({ clock: { state, outcome, isLateEntry } }: { clock: Clock }) => {
  const words = useGreenWords()
  return (
    <span className="along">
      {isLateEntry && (
        <span title={words.lateEntryWhy}>
          <Chip tone="warning">{words.lateEntry}</Chip>
        </span>
      )}
      {state === 'open' ? (
        <Chip tone="danger" icon="clock">
          {words.running}
        </Chip>
      ) : (
        <Chip tone="quiet">{words.outcomes[outcome as keyof typeof words.outcomes] ?? words.ended}</Chip>
      )}
    </span>
  )
}

const BigClocks = ({ clock }: { clock: Clock }) => {
  const words = useGreenWords()
  const pick = usePick()
  const next = useNext(clock)
  const { onset, windowUntil, treatment, startedAt } = clock
  const isTreated = clock.nodes.some(({ node, at }) => ['needle', 'puncture', 'reperfusion'].includes(node) && at !== null)
  return (
    <dl className="big-clocks">
      <div>
        <dt>
          {onset.at === null
            ? `${words.sinceStart} · ${words.onsetUnknown}`
            : onset.kind === 'known'
              ? words.sinceOnset
              : words.lastSeenWell}
        </dt>
        <dd>
          <Elapsed since={onset.at ?? startedAt} />
        </dd>
      </div>
      {windowUntil !== null && treatment !== null && !isTreated && (
        <div>
          <dt>{words.windowLeft(pick(treatment))}</dt>
          <dd>
            <Left until={windowUntil} />
          </dd>
        </div>
      )}
      <div className="next-target">
        <dt>{next.label}</dt>
        <dd>{next.figures}</dd>
      </div>
    </dl>
  )
}

const Place = ({ clock: { receiver, sender, side, travelMinutes, why, considered } }: { clock: Clock }) => {
  const words = useGreenWords()
  const pick = usePick()
  const other = side === 'receiver' ? sender : receiver
  return (
    <div className="stack tight">
      <div className="along apart">
        <strong>{words.travel(pick(receiver.name), travelMinutes)}</strong>
        {other.phone !== null && (
          <a className="button plain small-button" href={`tel:${other.phone.replaceAll(/[^\d+]/g, '')}`}>
            <Icon name="phone" />
            <span>{words.call(pick(other.name))}</span>
          </a>
        )}
      </div>
      <details className="reasons">
        <summary>{words.whyHere(pick(why))}</summary>
        <ul className="considered">
          {considered.map((one) => (
            <li key={one.institution}>
              <Icon name={one.verdict === 'chosen' ? 'check' : 'cross'} /> {pick(one.name)}{' '}
              <span className="soft small figures">
                {one.travelMinutes} min · {one.km} km
              </span>{' '}
              {pick(one.why)}
            </li>
          ))}
        </ul>
        <p className="soft small">{words.estimate}</p>
      </details>
    </div>
  )
}

const Measured = ({ clock: { vitals, ecg } }: { clock: Clock }) => {
  const words = useGreenWords()
  const figures = Object.entries(words.vital).flatMap(([name, label]) =>
    vitals[name] == null ? [] : [`${label} ${vitals[name]}`],
  )
  const heart = ecg === null ? [] : [ecg.stElevation ? words.stElevation : '', ecg.finding ?? ''].filter((part) => part !== '')
  if (figures.length === 0 && heart.length === 0) return null
  return (
    <p>
      {figures.length > 0 && `${words.vitals}：${figures.join(' · ')}`}
      {figures.length > 0 && heart.length > 0 && <br />}
      {heart.length > 0 && `${words.ecg}：${heart.join(' · ')}`}
    </p>
  )
}

const TargetList = ({ clock }: { clock: Clock }) => {
  const words = useGreenWords()
  const pick = usePick()
  const shown = clock.targets.filter(({ state, isRunning, startedAt }) => isRunning || state !== 'waiting' || startedAt !== null)
  if (shown.length === 0 && clock.onward === null) return null
  return (
    <section aria-label={words.targets}>
      <h3>{words.targets}</h3>
      <ul className="target-list">
        {shown.map((target) => (
          <li key={target.key}>
            <span>
              {pick(target.words)}{' '}
              <span className="soft small figures">
                {target.tookMinutes === null ? words.within(target.minutes) : words.ofMinutes(target.tookMinutes, target.minutes)}
              </span>
            </span>
            <TargetChip target={target} />
          </li>
        ))}
      </ul>
      {clock.onward !== null && (
        <p>
          <Link
            to={
              clock.side === 'receiver'
                ? `/desk/inbox?tab=inside&case=${clock.onward.referral}`
                : `/village/cases/${clock.onward.referral}`
            }
          >
            {words.seeOnward}
          </Link>
        </p>
      )}
    </section>
  )
}
