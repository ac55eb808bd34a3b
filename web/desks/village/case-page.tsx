import type { ReactNode } from 'react'
import { useParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Countdown, When } from '../../ui/countdown.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { Timeline, type TimelineStep } from '../../ui/timeline.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { waits } from '../waits.ts'
import { CasePanels, UrgentPanels } from '../case-panels.tsx'
import { CaseActs } from './case-acts.tsx'
import { StateChip, type Case } from './case-row.tsx'
import { ageWords } from './people.ts'
import { SaidReason } from './said-reason.tsx'
import { SlipButton } from './slip-button.tsx'
import { caseWords, villageWords } from './words.ts'

/** One case: how far it is, where and when, what to do now, the letter, the return slip and the whole trace. */
export const CasePage = () => {
  const words = useWordsOf(caseWords)
  const { id = '' } = useParams<{ id: string }>()
  const { data, error, isPending, refetch } = useApi('referral.get', { referral: id }, { follows: ['booking'] })
  if (data === undefined)
    return (
      <Page title={words.cases.title}>
        {isPending && <Skeleton lines={8} />}
        {error?.status === 0 && <EmptyState kind="offline" />}
        {error?.status === 404 && <EmptyState kind="no-right" />}
        {error !== null && ![0, 404].includes(error.status) && <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return <Whole one={data} />
}

const Whole = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const village = useWordsOf(villageWords)
  const pick = usePick()
  const now = useServerNow()
  const about = [
    village.sexes[one.person.sex as keyof typeof village.sexes] ?? '',
    ageWords(one.person.bornOn, now, village),
    one.person.idNumber ?? '',
  ]
  return (
    <Page
      title={pick(one.person.name)}
      lead={about.filter((part) => part !== '').join(' · ')}
      acts={one.person.synthetic && <Chip icon="info">{village.synthetic}</Chip>}
    >
      <div className="beside">
        <div className="stack">
          <UrgentPanels referral={one} />
          <Standing one={one} />
          <CaseActs one={one} />
          {one.returned !== null && <Returned one={one} returned={one.returned} />}
          <CasePanels referral={one} />
          <Letter one={one} />
        </div>
        <Card title={words.one.trace}>
          <Trace one={one} />
        </Card>
      </div>
    </Page>
  )
}

const Standing = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  return (
    <Card title={pick(one.condition)} held={one.holds} aside={<StateChip state={one.state} />}>
      <div className="stack">
        {(one.urgency !== 'ordinary' ||
          one.owesPapers ||
          one.escalations > 0 ||
          (one.waitUntil !== null && one.state !== 'scheduled')) && (
          <p className="along">
            {one.urgency !== 'ordinary' && <Chip tone="danger">{words.cases.urgencies[one.urgency]}</Chip>}
            {one.owesPapers && <Chip tone="warning">{words.cases.owes}</Chip>}
            {one.waitUntil !== null && one.state !== 'scheduled' && <Countdown until={one.waitUntil} soonMinutes={240} />}
            {one.escalations > 0 && <Chip tone="warning">{words.one.late(one.escalations)}</Chip>}
          </p>
        )}
        <Facts facts={standingFacts(one, words, pick)} />
        <div className="along">
          {one.receiver.phone !== null && (
            <a className="button plain" href={`tel:${one.receiver.phone.replaceAll(/[^\d+]/g, '')}`}>
              <Icon name="phone" />
              <span>{words.one.call(pick(one.receiver.name))}</span>
            </a>
          )}
          <SlipButton referral={one.id} kind="referral" />
          <SlipButton referral={one.id} kind="consent" />
        </div>
      </div>
    </Card>
  )
}

const standingFacts = (
  one: Case,
  words: (typeof caseWords)['zh'],
  pick: ReturnType<typeof usePick>,
): (readonly [string, ReactNode])[] => {
  const when = one.appointment
  const place = when?.place ?? null
  const doctor = when?.doctor ?? null
  return [
    [words.one.to, pick(one.receiver.name)],
    [words.one.from, `${pick(one.sender.name)} · ${pick(one.senderDoctor)}`],
    [
      words.one.appointment,
      when === null
        ? one.queue === null
          ? words.one.noAppointment
          : `${words.one.queue} · ${one.queue}`
        : formatInstant(when.startsAt),
    ],
    ...(place === null ? [] : [[words.one.place, pick(place)] as const]),
    ...(doctor === null ? [] : [[words.one.doctor, pick(doctor)] as const]),
    [words.one.slip, one.slipNo],
    ...(one.endedWhy === null ? [] : [[words.one.endedWhy, one.endedWhy] as const]),
  ]
}

const Letter = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const { letter } = one
  const said = (text: string) => (text.trim() === '' ? '—' : text)
  return (
    <Card title={words.one.letter}>
      <div className="said-facts">
        <Facts
          facts={[
            [words.refer.impression, said(letter.impression)],
            [words.refer.reason, said(letter.reason)],
            [words.refer.pastHistory, said(letter.pastHistory)],
            [words.refer.treatment, said(letter.treatment)],
            [
              words.refer.consentBy,
              one.consent === null ? '—' : words.refer[one.consent.by === 'patient' ? 'consentPatient' : 'consentFamily'],
            ],
          ]}
        />
      </div>
    </Card>
  )
}

const Returned = ({ one, returned }: { one: Case; returned: NonNullable<Case['returned']> }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  return (
    <Card title={words.one.returned}>
      <div className="stack said-facts">
        <Facts
          facts={[
            [words.one.diagnosis, returned.diagnosis],
            ...(returned.inpatientNumber ? [[words.one.inpatientNumber, returned.inpatientNumber] as const] : []),
            [words.one.findings, returned.findings],
            [words.one.treatment, returned.treatment],
            [words.one.medication, returned.medication],
            [words.one.plan, returned.plan],
            [words.one.doctorOf, pick(returned.doctor)],
            ...(one.followUp === null
              ? []
              : [[words.one.followUp, `${words.acts.outcomes[one.followUp.outcome]} · ${one.followUp.note}`] as const]),
          ]}
        />
        <SlipButton referral={one.id} kind="return" />
      </div>
    </Card>
  )
}

const Trace = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const waiting = useWordsOf(waits)
  const steps: TimelineStep[] = one.trace.map((step) => ({
    id: String(step.seq),
    state: 'done',
    title: words.steps[step.type] ?? step.type,
    at: step.occurredAt,
    detail: <StepDetail step={step} />,
  }))
  // What stands last is not over: it is where the baton rests and until when.
  if (one.waitUntil !== null) {
    steps.push({ id: 'now', state: 'now', title: waiting[one.state], detail: <Countdown until={one.waitUntil} /> })
  }
  return <Timeline label={words.one.trace} steps={steps} />
}

const StepDetail = ({ step }: { step: Case['trace'][number] }) => {
  const pick = usePick()
  return (
    <>
      {[step.institution, step.actor].flatMap((who) => (who === null || who.zh === '' ? [] : [pick(who)])).join(' · ')}
      <SaidReason why={step.why} reason={step.reason} />
      {step.occurredAt !== step.at && (
        <p className="soft">
          <When at={step.at} exact />
        </p>
      )}
    </>
  )
}
