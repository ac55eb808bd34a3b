import { useState } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'wouter'
import type { Commands } from '../../api/api-types.ts'
import { serverNow } from '../../api/server-clock.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWords, useWordsOf } from '../../words/language.tsx'
import { Call120, ChannelButtons } from '../green-channel/channel-buttons.tsx'
import { ChannelIcon, channelKeys, type ChannelKey } from '../green-channel/channel-icon.tsx'
import { emptyDraft, MoreFields, OnsetFields, startBody, UnknownFields } from '../green-channel/start-fields.tsx'
import { useGreenWords } from '../green-channel/words.ts'
import { ConditionSearch } from './condition-step.tsx'
import { maskedName, type ShownPerson } from './people.ts'
import { PersonFinder, PersonLine } from './person-finder.tsx'
import { usePerson } from './person-page.tsx'
import { PlaceStep, usePlaces } from './place-step.tsx'
import type { Condition } from './remembered.ts'
import { SavedNote } from './saved-note.tsx'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

/** Stands in the address for somebody whom nobody knows. */
const nobody = 'unknown'

/** The channel named in the address, so that going back or reloading keeps it. */
const useChannel = () => {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('channel')
  const chosen: ChannelKey | 'other' | null = asked === 'other' ? asked : (channelKeys.find((key) => key === asked) ?? null)
  return { chosen, choose: (channel: ChannelKey | 'other') => setSearch({ channel }, { replace: true }) }
}

/** The first two steps of a rescue: what it is, then who. The call to 120 stands above both. */
export const RushStartPage = () => {
  const { start: words } = useGreenWords()
  const { chosen, choose } = useChannel()
  const [, go] = useLocation()
  return (
    <Page title={words.title} lead={words.lead}>
      <Call120 />
      <Card title={words.what}>
        <ChannelButtons chosen={chosen} onChoose={choose} />
      </Card>
      {chosen !== null && (
        <Card title={words.who}>
          <div className="stack">
            {chosen !== 'other' && (
              <Button wide icon="person" onClick={() => go(`/village/emergency/${nobody}?channel=${chosen}`)}>
                {words.unknown}
              </Button>
            )}
            <PersonFinder to={(person) => `/village/emergency/${person.id}?channel=${chosen}`} />
          </div>
        </Card>
      )}
    </Page>
  )
}

/** The last step: one press. The server chooses the nearest centre that can treat; the papers follow. */
export const RushPage = () => {
  const { id = '' } = useParams<{ id: string }>()
  return id === nobody ? <Rush key={id} person={null} /> : <KnownRush key={id} id={id} />
}

const KnownRush = ({ id }: { id: string }) => {
  const { start: words } = useGreenWords()
  const { person, isPending, error } = usePerson(id)
  if (person === undefined)
    return (
      <Page title={words.title}>
        <Call120 />
        {isPending ? <Skeleton lines={6} /> : <EmptyState kind={error?.status === 0 ? 'offline' : 'no-right'} />}
      </Page>
    )
  return <Rush person={person} />
}

const Rush = ({ person }: { person: ShownPerson | null }) => {
  const { start: words } = useGreenWords()
  const { chosen, choose } = useChannel()
  const isThisPerson = (body: { person?: string | null | undefined }) => (body.person ?? null) === (person?.id ?? null)
  const green = useSaved('green-channel.start', isThisPerson)
  const other = useSaved('referral.send-emergency', isThisPerson)
  if (green.answer !== null || green.isWaiting) return <Begun answer={green.answer} />
  if (other.answer !== null || other.isWaiting) return <Gone answer={other.answer} />
  return (
    <Page title={words.title}>
      <Call120 />
      <div>{person === null ? <strong>{words.unknownTitle}</strong> : <PersonLine person={person} />}</div>
      <WhatCard chosen={chosen} onChoose={choose} />
      {chosen === null && <SavedNote saved={green} />}
      {chosen !== null && chosen !== 'other' && <StartNow key={chosen} channel={chosen} person={person} saved={green} />}
      {chosen === 'other' && person !== null && <OtherRush person={person} saved={other} />}
    </Page>
  )
}

/** What it is: one line once it is known, so that the last button stands in the first screen. */
const WhatCard = ({
  chosen,
  onChoose,
}: {
  chosen: ChannelKey | 'other' | null
  onChoose: (channel: ChannelKey | 'other') => void
}) => {
  const { start: words, channels } = useGreenWords()
  const [isOpen, setOpen] = useState(chosen === null)
  if (chosen !== null && !isOpen)
    return (
      <div className="along apart">
        <span className="along rush-what">
          {chosen !== 'other' && <ChannelIcon channel={chosen} />} {chosen === 'other' ? words.other : channels[chosen]}
        </span>
        <Button small onClick={() => setOpen(true)}>
          {words.change}
        </Button>
      </div>
    )
  const choose = (channel: ChannelKey | 'other') => (setOpen(false), onChoose(channel))
  return (
    <Card title={words.what}>
      <ChannelButtons chosen={chosen} onChoose={choose} />
    </Card>
  )
}

type StartProps = { channel: ChannelKey; person: ShownPerson | null; saved: ReturnType<typeof useSaved<'green-channel.start'>> }

const StartNow = ({ channel, person, saved }: StartProps) => {
  const all = useGreenWords()
  const words = all.start
  const [draft, setDraft] = useState(emptyDraft)
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }))
  const go = () => {
    if (saved.isUnderway) return
    const who = person === null ? words.unknownTitle : maskedName(person.name.zh)
    void saved.save(startBody(channel, person?.id ?? null, draft), `${all.title(all.channels[channel])} · ${who}`)
  }
  return (
    <Card title={words.go} held>
      <div className="stack">
        {person === null && <UnknownFields draft={draft} change={change} />}
        <OnsetFields draft={draft} change={change} />
        <SavedNote saved={saved} />
        <Button tone="primary" wide icon="warning" className="rush-go" busy={saved.isUnderway} onClick={go}>
          {words.button}
        </Button>
        <p className="soft small">{words.chosen}</p>
        <MoreFields draft={draft} change={change} />
      </div>
    </Card>
  )
}

type Started = Commands['green-channel.start']['answer']

const Begun = ({ answer }: { answer: Started | null }) => {
  const shared = useWords()
  const cases = useWordsOf(caseWords)
  const { start: words } = useGreenWords()
  return (
    <Page title={answer === null ? cases.refer.kept : words.sent}>
      <Call120 />
      <Card title={words.title} aside={<SavedChip state={answer === null ? 'saved' : 'sent'} />}>
        <div className="stack">
          {answer === null ? <p>{cases.rush.notYet}</p> : <WhereTo answer={answer} />}
          <div className="along">
            {answer === null ? (
              <Link className="button primary" to="/village/outbox">
                {shared.outbox.title}
              </Link>
            ) : (
              <>
                <Link className="button primary" to={`/village/cases/${answer.referral}`}>
                  {words.seeClock}
                </Link>
                <Link className="button plain" to={`/village/cases/${answer.referral}/papers`}>
                  {cases.rush.complete}
                </Link>
              </>
            )}
          </div>
        </div>
      </Card>
    </Page>
  )
}

const WhereTo = ({ answer }: { answer: Started }) => {
  const cases = useWordsOf(caseWords)
  const { start: words } = useGreenWords()
  const pick = usePick()
  const { data } = useApi('organisations.institution', { institution: answer.receiver })
  return (
    <>
      {data !== undefined && <p className="chosen">{words.sentTo(pick(data.institution.name), answer.travelMinutes)}</p>}
      <p>{pick(answer.why)}</p>
      <p>{cases.refer.sentWhy(answer.slipNo)}</p>
      <p>{cases.rush.owed}</p>
    </>
  )
}

type OtherSaved = ReturnType<typeof useSaved<'referral.send-emergency'>>

/** Any other emergency: its condition, then the nearest place that takes it. */
const OtherRush = ({ person, saved }: { person: ShownPerson; saved: OtherSaved }) => {
  const [condition, setCondition] = useState<Condition | null>(null)
  return condition === null ? (
    <ConditionSearch onChoose={setCondition} />
  ) : (
    <SendNow person={person} condition={condition} saved={saved} />
  )
}

const SendNow = ({ person, condition, saved }: { person: ShownPerson; condition: Condition; saved: OtherSaved }) => {
  const { rush: words } = useWordsOf(caseWords)
  const pick = usePick()
  const places = usePlaces({
    condition: condition.key,
    ...(person.village === null ? {} : { village: person.village }),
    urgency: 'emergency',
  })
  const [chosen, setChosen] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const place = places.places.find(({ institution }) => institution.id === chosen) ?? places.places[0] ?? null
  const send = () => {
    if (place === null || saved.isUnderway) return
    const body: Commands['referral.send-emergency']['input'] = {
      person: person.id,
      receiver: place.institution.id,
      specialty: places.known?.specialty.code ?? condition.specialty,
      condition: { key: condition.key, zh: condition.name.zh, en: condition.name.en },
      letter: { impression: condition.name.zh },
      urgency: 'emergency',
      ...(navigator.onLine ? {} : { occurredAt: new Date(serverNow()).toISOString() }),
    }
    void saved.save(body, `${words.go} · ${maskedName(person.name.zh)}`)
  }
  if (place === null)
    return <Card title={words.confirm}>{places.isPending ? <Skeleton lines={2} /> : <p>{words.noPlace}</p>}</Card>
  return (
    <>
      <Card title={words.confirm} held>
        <div className="stack">
          <p className="chosen">
            {pick(condition.name)} · {words.to(pick(place.institution.name))}{' '}
            <span className="soft small">{place.distanceKm} km</span>
          </p>
          <SavedNote saved={saved} />
          <Button tone="primary" wide icon="warning" className="rush-go" busy={saved.isUnderway} onClick={send}>
            {words.go}
          </Button>
          <div>
            <Button tone="quiet" onClick={() => setChoosing(true)}>
              {words.otherPlace}
            </Button>
          </div>
        </div>
      </Card>
      {choosing && <PlaceStep step="" places={places} chosen={place} onChoose={({ institution }) => setChosen(institution.id)} />}
    </>
  )
}

const Gone = ({ answer }: { answer: Commands['referral.send-emergency']['answer'] | null }) => {
  const shared = useWords()
  const words = useWordsOf(caseWords)
  return (
    <Page title={answer === null ? words.refer.kept : words.rush.sent}>
      <Call120 />
      <Card title={words.rush.title} aside={<SavedChip state={answer === null ? 'saved' : 'sent'} />}>
        <div className="stack">
          <p>{answer === null ? words.rush.notYet : words.refer.sentWhy(answer.slipNo)}</p>
          {answer !== null && <p>{words.rush.owed}</p>}
          <div className="along">
            {answer === null ? (
              <Link className="button primary" to="/village/outbox">
                {shared.outbox.title}
              </Link>
            ) : (
              <>
                <Link className="button primary" to={`/village/cases/${answer.referral}/papers`}>
                  {words.rush.complete}
                </Link>
                <Link className="button plain" to={`/village/cases/${answer.referral}`}>
                  {words.refer.seeCase}
                </Link>
              </>
            )}
          </div>
        </div>
      </Card>
    </Page>
  )
}
