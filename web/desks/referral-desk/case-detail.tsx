import { Link } from 'wouter'
import { useState, type ReactNode } from 'react'
import { showable } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useLanguage, usePick, useWords, useWordsOf } from '../../words/language.tsx'
import { CasePanels, UrgentPanels } from '../case-panels.tsx'
import { returnReason } from '../return-reasons.ts'
import { waits } from '../waits.ts'
import { CaseActs } from './case-acts.tsx'
import { DirectionChip, PersonName, StateChip, TimeLostChip, UrgencyChip, useAgeAndSex } from './case-words.tsx'
import type { DeskAct } from './held-acts.ts'
import { printSlip } from './print-slip.ts'
import { RecordView } from './record-view.tsx'
import { spanOf } from './times.ts'
import { useCase, type Referral } from './use-case.ts'
import { useTimelineWords } from '../timeline/words.ts'
import { useDeskWords } from './words.ts'

/** One case: who, what is asked, the record beside it, what may be done, and everything that happened. */
export const CaseDetail = ({ id, open, onOpen }: { id: string; open: DeskAct | null; onOpen: (act: DeskAct | null) => void }) => {
  const asked = useCase(id)
  const pick = usePick()
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  const referral = asked.data
  if (referral === undefined) return <Skeleton lines={8} />
  return (
    <article className="case stack" aria-labelledby="case-title">
      <CaseHead referral={referral} />
      <CaseActs referral={referral} who={pick(referral.person.name)} open={open} onOpen={onOpen} />
      <UrgentPanels referral={referral} />
      <div className="case-halves">
        <Request referral={referral} />
        <RecordCard referral={referral} />
      </div>
      {referral.returned !== null && <ReturnSlip returned={referral.returned} />}
      <CasePanels referral={referral} />
      <Trace referral={referral} />
    </article>
  )
}

const CaseHead = ({ referral }: { referral: Referral }) => {
  const words = useDeskWords()
  const pick = usePick()
  const ageAndSex = useAgeAndSex()
  const { person, waitUntil } = referral
  return (
    <header className="stack tight">
      <div className="along apart">
        <h2 id="case-title" tabIndex={-1}>
          <PersonName person={person} /> <span className="case-age">{ageAndSex(person)}</span>
        </h2>
        <PrintActs referral={referral} />
      </div>
      <div className="along">
        <StateChip state={referral.state} />
        <UrgencyChip urgency={referral.urgency} />
        <DirectionChip direction={referral.direction} />
        <TimeLostChip timeLostAt={referral.timeLostAt} state={referral.state} />
        {referral.owesPapers && <Chip tone="warning">{words.owesPapers}</Chip>}
        {referral.escalations > 0 && <Chip tone="danger">{words.detail.escalated(referral.escalations)}</Chip>}
        {waitUntil !== null && <Countdown until={waitUntil} />}
      </div>
      <p className="case-condition">
        <strong>{pick(referral.condition)}</strong>
        <span className="soft small"> {words.from(pick(referral.sender.name))}</span>
      </p>
    </header>
  )
}

const PrintActs = ({ referral }: { referral: Referral }) => {
  const words = useDeskWords()
  const pick = usePick()
  const toast = useToast()
  const [printing, setPrinting] = useState<string | null>(null)
  const print = async (kind: 'referral' | 'return' | 'receipt' | 'consent') => {
    setPrinting(kind)
    try {
      await printSlip(referral.id, kind)
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
    } finally {
      setPrinting(null)
    }
  }
  return (
    <div className="along not-printed">
      <Button small tone="quiet" icon="record" busy={printing === 'referral'} onClick={() => void print('referral')}>
        {words.detail.print}
      </Button>
      {referral.returned !== null && (
        <Button small tone="quiet" icon="record" busy={printing === 'return'} onClick={() => void print('return')}>
          {words.detail.printReturn}
        </Button>
      )}
      <Button small tone="quiet" icon="record" busy={printing === 'receipt'} onClick={() => void print('receipt')}>
        {words.detail.printReceipt}
      </Button>
      <Button small tone="quiet" icon="record" busy={printing === 'consent'} onClick={() => void print('consent')}>
        {words.detail.printConsent}
      </Button>
    </div>
  )
}

const Request = ({ referral }: { referral: Referral }) => {
  const words = useDeskWords()
  const pick = usePick()
  const timeline = useTimelineWords()
  const { letter, appointment, sender, person } = referral
  return (
    <Card title={words.detail.request} level={3} held={referral.state === 'submitted'}>
      <div className="stack">
        <dl className="letter">
          <Said what={words.detail.impression} text={letter.impression} />
          <Said what={words.detail.reason} text={letter.reason} />
          <Said what={words.detail.pastHistory} text={letter.pastHistory} />
          <Said what={words.detail.treatment} text={letter.treatment} />
          {letter.attention != null && letter.attention !== '' && <Said what={words.detail.attention} text={letter.attention} />}
        </dl>
        <Facts
          facts={[
            [
              words.detail.appointment,
              appointment === null ? (
                (referral.queue ?? words.detail.noUnit)
              ) : (
                <Appointment key="when" appointment={appointment} />
              ),
            ],
            [
              words.detail.consent,
              referral.consent === null ? words.detail.noConsent : (words.detail.consentBy[referral.consent.by] ?? ''),
            ],
            [words.detail.sender, pick(sender.name)],
            [words.detail.doctor, pick(referral.senderDoctor)],
            [words.detail.opened, formatInstant(referral.openedAt)],
            [
              words.detail.slip,
              <span key="slip" className="figures">
                {referral.slipNo}
              </span>,
            ],
            ...(referral.care === null ? [] : [[words.detail.care, pick(referral.care.name)] as const]),
            [
              words.detail.idNumber,
              <span key="id" className="figures">
                {person.idNumber ?? words.detail.none}
              </span>,
            ],
            [words.detail.phone, person.phone ?? words.detail.none],
            [words.detail.insurance, words.detail.insurances[person.insurance] ?? person.insurance],
          ]}
        />
        <p>
          <Link className="button plain" to={`/desk/person/${person.id}/timeline`}>
            {timeline.open}
          </Link>
        </p>
        {sender.phone !== null && (
          <p>
            <a className="button plain" href={`tel:${sender.phone}`}>
              <Icon name="phone" />
              <span>
                {words.detail.call(pick(sender.name))} <span className="figures phone-number">{sender.phone}</span>
              </span>
            </a>
          </p>
        )}
      </div>
    </Card>
  )
}

const Appointment = ({ appointment }: { appointment: NonNullable<Referral['appointment']> }) => {
  const pick = usePick()
  const where = [appointment.place, appointment.doctor].flatMap((one) => (one === null ? [] : [pick(one)])).join(' · ')
  return (
    <>
      <span className="figures">{spanOf(appointment.startsAt, appointment.endsAt)}</span>
      {where !== '' && <span className="soft small"> {where}</span>}
    </>
  )
}

const Said = ({ what, text }: { what: string; text: ReactNode }) => {
  const words = useDeskWords()
  return (
    <div>
      <dt>{what}</dt>
      <dd>{text === '' ? <span className="soft">{words.detail.none}</span> : text}</dd>
    </div>
  )
}

const RecordCard = ({ referral }: { referral: Referral }) => {
  const words = useDeskWords()
  return (
    <Card title={words.detail.record} level={3}>
      <RecordView referral={referral} />
    </Card>
  )
}

const ReturnSlip = ({ returned }: { returned: NonNullable<Referral['returned']> }) => {
  const words = useDeskWords()
  return (
    <Card title={words.detail.returned} level={3}>
      <dl className="letter">
        <Said what={words.handBack.diagnosis} text={returned.diagnosis} />
        {returned.inpatientNumber != null && <Said what={words.handBack.inpatientNumber} text={returned.inpatientNumber} />}
        <Said what={words.handBack.findings} text={returned.findings} />
        <Said what={words.handBack.treatment} text={returned.treatment} />
        <Said what={words.handBack.medication} text={returned.medication} />
        <Said what={words.handBack.plan} text={returned.plan} />
      </dl>
    </Card>
  )
}

const Trace = ({ referral }: { referral: Referral }) => {
  const words = useDeskWords()
  const shared = useWords()
  const pick = usePick()
  const language = useLanguage()
  const waiting = useWordsOf(waits)
  const roles: Readonly<Partial<Record<string, string>>> = shared.roles
  const steps: TimelineStep[] = referral.trace.map((step) => ({
    id: String(step.seq),
    state: 'done',
    title: words.events[step.type] ?? step.type,
    at: step.occurredAt,
    detail: [
      step.institution === null ? null : pick(step.institution),
      step.actor === null ? roles[step.role] : pick(step.actor),
      returnReason(step.why, language),
      step.reason,
    ]
      .filter((part) => part != null && part !== '')
      .join(' · '),
  }))
  // What stands last is not over: it is where the baton rests and until when.
  if (referral.waitUntil !== null) {
    steps.push({ id: 'now', state: 'now', title: waiting[referral.state], detail: <Countdown until={referral.waitUntil} /> })
  }
  return (
    <Card title={words.detail.trace} level={3}>
      <Timeline label={words.detail.trace} steps={steps} />
    </Card>
  )
}
