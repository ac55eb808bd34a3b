import { useState, type FormEvent } from 'react'
import { Link, useParams } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Case } from './case-row.tsx'
import { ConsentFields, consentInput, noConsent, type ConsentEntry } from './consent-fields.tsx'
import { LetterFields } from './letter-fields.tsx'
import type { Letter } from './letter-templates.ts'
import { maskedName } from './people.ts'
import { SavedNote } from './saved-note.tsx'
import { useKept } from './use-kept.ts'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

/** 补单: the letter and the consent of an emergency, after the patient is on the way. */
export const PapersPage = () => {
  const words = useWordsOf(caseWords)
  const { id = '' } = useParams<{ id: string }>()
  const { data, error, isPending, refetch } = useApi('referral.get', { referral: id })
  if (data === undefined)
    return (
      <Page title={words.acts.complete}>
        {isPending && <Skeleton lines={6} />}
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return <Papers one={data} />
}

type Entry = { typed: Partial<Letter>; consent: ConsentEntry }

const Papers = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const pick = usePick()
  const { account } = useActor()
  const saved = useSaved('referral.complete', (body) => body.referral === one.id)
  const [entry, change] = useKept<Entry>(`jieli-papers-${account}-${one.id}`, { typed: {}, consent: noConsent })
  const [tried, setTried] = useState(false)
  const letter: Letter = { ...one.letter, impression: one.letter.impression || one.condition.zh, ...entry.typed }
  const consent = consentInput(entry.consent)
  const faults = tried
    ? {
        ...(letter.impression.trim() === '' ? { impression: words.refer.impressionMissing } : {}),
        ...(letter.reason.trim() === '' ? { reason: words.refer.reasonMissing } : {}),
        ...(consent === null ? { consent: words.refer.consentMissing } : {}),
      }
    : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (consent === null || letter.impression.trim() === '' || letter.reason.trim() === '' || saved.isUnderway) return
    void saved.save(
      { referral: one.id, letter, consent },
      `${words.acts.complete} · ${maskedName(one.person.name.zh)}`,
      one.person.id,
    )
  }
  const back = (
    <Link className="button primary" to={`/village/cases/${one.id}`}>
      {words.refer.seeCase}
    </Link>
  )
  if (saved.answer !== null)
    return (
      <Page title={words.acts.done}>
        <Card title={pick(one.person.name)} aside={<SavedChip state="sent" />}>
          {back}
        </Card>
      </Page>
    )
  return (
    <Page title={`${words.acts.complete}：${pick(one.person.name)}`} lead={pick(one.condition)}>
      <form className="stack" onSubmit={submit} noValidate>
        <Card title={words.refer.letter}>
          <div className="stack">
            <LetterFields letter={letter} faults={faults} onChange={(some) => change({ typed: { ...entry.typed, ...some } })} />
          </div>
        </Card>
        <Card title={words.refer.consentTitle}>
          <div className="stack">
            <ConsentFields
              consent={entry.consent}
              fault={faults.consent}
              onChange={(some) => change({ consent: { ...entry.consent, ...some } })}
            />
            <SavedNote saved={saved} />
            <Button tone="primary" wide submit busy={saved.isUnderway && !saved.isWaiting}>
              {words.acts.complete}
            </Button>
          </div>
        </Card>
      </form>
    </Page>
  )
}
