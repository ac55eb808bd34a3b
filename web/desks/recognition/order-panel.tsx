import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { FoundResults } from './found-results.tsx'
import './recognition.css'
import { useRecognitionWords } from './words.ts'

const roles = ['village-doctor', 'family-doctor', 'referral-desk', 'ward']

/** Where an examination is ordered for the person of a case: first what is there already. Asks nothing until it is opened. */
export const OrderPanel = ({ person }: { person: string }) => {
  const words = useRecognitionWords()
  const [opened, setOpened] = useState(false)
  if (!roles.includes(useActor().role)) return null
  return (
    <details className="card recognition-panel" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{words.panel}</summary>
      {opened && <Ordering person={person} />}
    </details>
  )
}

const Ordering = ({ person }: { person: string }) => {
  const words = useRecognitionWords()
  const pick = usePick()
  const { data, error, refetch } = useApi('recognition.items', {})
  const [code, setCode] = useState('')
  const [site, setSite] = useState('')
  const [tried, setTried] = useState(false)
  const [asked, setAsked] = useState<{ item: string; site?: string } | null>(null)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={3} />
  const item = data.items.find((one) => one.code === code)
  const lacksSite = item?.siteMatters === true && site.trim() === ''
  const look = () => {
    setTried(true)
    if (item !== undefined && !lacksSite) setAsked({ item: code, ...(site.trim() === '' ? {} : { site: site.trim() }) })
  }
  return (
    <div className="stack">
      <p className="soft">{words.panelLead}</p>
      <Select
        label={words.item}
        value={code}
        onChange={(next) => {
          setCode(next)
          setAsked(null)
        }}
        choices={data.items.map((one) => ({ value: one.code, label: pick(one) }))}
      />
      {item?.siteMatters === true && (
        <TextField
          label={words.site}
          hint={words.siteHint}
          required
          maxLength={60}
          value={site}
          onChange={(next) => {
            setSite(next)
            setAsked(null)
          }}
          error={tried && lacksSite ? words.siteMissing : undefined}
        />
      )}
      <div>
        <Button tone="primary" disabled={item === undefined} onClick={look}>
          {words.look}
        </Button>
      </div>
      {asked !== null && (
        <FoundResults key={`${asked.item} ${asked.site ?? ''}`} asked={{ person, ...asked }} onDone={() => setAsked(null)} />
      )}
    </div>
  )
}
