import { useState } from 'react'
import { Link, useParams } from 'wouter'
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
import { ConditionSearch } from './condition-step.tsx'
import { maskedName, type ShownPerson } from './people.ts'
import { PersonLine } from './person-finder.tsx'
import { usePerson } from './person-page.tsx'
import { PlaceStep, usePlaces } from './place-step.tsx'
import { knownConditions, type Condition } from './remembered.ts'
import { SavedNote } from './saved-note.tsx'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

/**
 * The five emergency centres that every county builds, each with the words and the code that find its condition in the
 * catalogue. Without a catalogue entry the code itself names the condition.
 */
const kinds = [
  { kind: 'chest', text: '胸痛', code: 'I21', specialty: '0304' },
  { kind: 'stroke', text: '卒中', code: 'I63', specialty: '0303' },
  { kind: 'trauma', text: '创伤', code: 'T07', specialty: '2000' },
  { kind: 'pregnancy', text: '高危妊娠', code: 'O72', specialty: '0502' },
  { kind: 'newborn', text: '新生儿', code: 'P22', specialty: '0701' },
] as const
type Kind = (typeof kinds)[number]
type Need = { key: string; name: { zh: string; en: string }; isKnown: boolean; specialty: string; isCentre: boolean }

/** An emergency: what it is, then send. It counts as accepted at once; the papers follow. */
export const RushPage = () => {
  const words = useWordsOf(caseWords)
  const { id = '' } = useParams<{ id: string }>()
  const { person, isPending, error } = usePerson(id)
  if (person === undefined)
    return (
      <Page title={words.rush.title}>
        {isPending ? <Skeleton lines={6} /> : <EmptyState kind={error?.status === 0 ? 'offline' : 'no-right'} />}
      </Page>
    )
  return <Rush key={id} person={person} />
}

const needOfCondition = ({ key, name, specialty }: Condition): Need => ({ key, name, specialty, isKnown: true, isCentre: false })

const Rush = ({ person }: { person: ShownPerson }) => {
  const words = useWordsOf(caseWords)
  const [need, setNeed] = useState<Need | null>(null)
  const [isOther, setOther] = useState(false)
  const saved = useSaved('referral.send-emergency', (body) => body.person === person.id)
  if (saved.answer !== null || saved.isWaiting) return <Gone answer={saved.answer} />
  return (
    <Page title={words.rush.title} lead={words.rush.lead}>
      <div className="along apart">
        <div>
          <PersonLine person={person} />
        </div>
        <a className="button danger" href="tel:120">
          {words.rush.call}
        </a>
      </div>
      <Card title={words.rush.which}>
        <div className="rush-kinds">
          {kinds.map((one) => (
            <KindButton key={one.kind} kind={one} need={need} onChoose={(chosen) => (setNeed(chosen), setOther(false))} />
          ))}
          <Button aria-pressed={isOther} tone={isOther ? 'primary' : 'plain'} onClick={() => (setOther(true), setNeed(null))}>
            {words.rush.kinds.other}
          </Button>
        </div>
        {isOther && need === null && <ConditionSearch onChoose={(condition) => setNeed(needOfCondition(condition))} />}
      </Card>
      {need !== null && <SendNow key={need.key} person={person} need={need} saved={saved} />}
    </Page>
  )
}

const KindButton = ({ kind, need, onChoose }: { kind: Kind; need: Need | null; onChoose: (need: Need) => void }) => {
  const { rush: words } = useWordsOf(caseWords)
  const { data } = useApi('navigation.conditions', { text: kind.text, limit: 5 })
  const matches =
    data?.conditions ??
    knownConditions().filter(({ name, aliases }) => [name.zh, ...aliases].some((word) => word.includes(kind.text)))
  const found = matches.find(({ urgency }) => urgency === 'emergency') ?? matches[0]
  const own: Need =
    found === undefined
      ? {
          key: kind.code,
          name: { zh: caseWords.zh.rush.kinds[kind.kind], en: caseWords.en.rush.kinds[kind.kind] },
          specialty: kind.specialty,
          isKnown: false,
          isCentre: true,
        }
      : { ...needOfCondition(found), isCentre: true }
  const isChosen = need?.key === own.key
  return (
    <Button aria-pressed={isChosen} tone={isChosen ? 'primary' : 'plain'} onClick={() => onChoose(own)}>
      {words.kinds[kind.kind]}
    </Button>
  )
}

type SendProps = { person: ShownPerson; need: Need; saved: ReturnType<typeof useSaved<'referral.send-emergency'>> }

const SendNow = ({ person, need, saved }: SendProps) => {
  const { rush: words } = useWordsOf(caseWords)
  const pick = usePick()
  const places = usePlaces({
    ...(need.isKnown ? { condition: need.key } : { specialty: need.specialty }),
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
      specialty: places.known?.specialty.code ?? need.specialty,
      condition: { key: need.key, zh: need.name.zh, en: need.name.en },
      letter: { impression: need.name.zh },
      urgency: need.isCentre ? 'green-channel' : 'emergency',
      ...(navigator.onLine ? {} : { occurredAt: new Date(serverNow()).toISOString() }),
    }
    void saved.save(body, `${words.go} · ${maskedName(person.name.zh)}`)
  }
  const hasNone = !places.isPending && place === null
  return (
    <>
      <Card title={words.confirm} held>
        <div className="stack">
          {places.isPending && <Skeleton lines={2} />}
          {hasNone && <p>{words.noPlace}</p>}
          {place !== null && (
            <>
              <p className="chosen">
                {pick(need.name)} · {words.to(pick(place.institution.name))}{' '}
                <span className="soft small">{place.distanceKm} km</span>
              </p>
              <SavedNote saved={saved} />
              <Button tone="primary" wide icon="warning" className="rush-go" busy={saved.isUnderway} onClick={send}>
                {words.go}
              </Button>
              <div className="along">
                {place.institution.phone !== null && (
                  <a className="button plain" href={`tel:${place.institution.phone.replaceAll(/[^\d+]/g, '')}`}>
                    {caseCall(pick(place.institution.name), pick)}
                  </a>
                )}
                <Button tone="quiet" onClick={() => setChoosing(true)}>
                  {words.otherPlace}
                </Button>
              </div>
            </>
          )}
        </div>
      </Card>
      {choosing && <PlaceStep step="" places={places} chosen={place} onChoose={({ institution }) => setChosen(institution.id)} />}
    </>
  )
}

const caseCall = (place: string, pick: ReturnType<typeof usePick>): string =>
  pick({ zh: caseWords.zh.one.call(place), en: caseWords.en.one.call(place) })

const Gone = ({ answer }: { answer: Commands['referral.send-emergency']['answer'] | null }) => {
  const shared = useWords()
  const words = useWordsOf(caseWords)
  return (
    <Page title={answer === null ? words.refer.kept : words.rush.sent}>
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
            <a className="button danger" href="tel:120">
              {words.rush.call}
            </a>
          </div>
        </div>
      </Card>
    </Page>
  )
}
