import { useEffect, useEffectEvent, useState, type FormEvent } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { useOutbox } from '../../api/use-outbox.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { MetCorrections } from './met-corrections.tsx'
import { maskedName, type ShownPerson } from './people.ts'
import { SavedNote } from './saved-note.tsx'
import { useSaved } from './use-saved.ts'
import { offlineWords, villageWords } from './words.ts'

export type Correction = Commands['residents.correct']['input']
const metCode = 'residents.changed-meanwhile'
const insurances = ['resident', 'employee', 'none'] as const

/**
 * Corrects phone, address and insurance, on this device first. Each correction names the version that was seen; where
 * somebody else corrected the same field meanwhile, both stand side by side and a person chooses.
 */
export const CorrectDialog = ({ person, onClose }: { person: ShownPerson; onClose: () => void }) => {
  const { correct: words } = useWordsOf(offlineWords)
  const toast = useToast()
  const saved = useSaved('residents.correct', (body) => body.person === person.id)
  const isDone = saved.entry?.state === 'sent'
  const finish = useEffectEvent(() => {
    toast({ text: words.done })
    onClose()
  })
  useEffect(() => {
    if (isDone) finish()
  }, [isDone])
  const mine = saved.entry?.state === 'failed' && saved.error?.body.code === metCode ? (saved.entry.body as Correction) : null
  const outbox = useOutbox()
  const settle = (body: Correction) => {
    const { person: _person, ifVersion: _ifVersion, ...chosen } = body
    if (Object.keys(chosen).length > 0 || saved.entry === null) return void saved.save(body, label)
    // Everything of theirs was chosen: nothing is left to send.
    void outbox.discard(saved.entry.key).then(onClose)
  }
  const label = `${words.open} · ${maskedName(person.name.zh)}`
  return (
    <Dialog title={mine === null ? words.title : words.metTitle} open onClose={onClose}>
      {mine === null ? (
        <Form person={person} saved={saved} onSave={(body) => void saved.save(body, label)} />
      ) : (
        <Settle mine={mine} person={person} onSave={settle} />
      )}
    </Dialog>
  )
}

type FormProps = {
  person: ShownPerson
  saved: ReturnType<typeof useSaved<'residents.correct'>>
  onSave: (body: Correction) => void
}

const Form = ({ person, saved, onSave }: FormProps) => {
  const { correct: words } = useWordsOf(offlineWords)
  const village = useWordsOf(villageWords)
  const waiting = saved.entry !== null && saved.entry.state !== 'sent' ? (saved.entry.body as Correction) : null
  const [phone, setPhone] = useState(waiting?.phone ?? '')
  const [address, setAddress] = useState(waiting?.address ?? person.address ?? '')
  const [insurance, setInsurance] = useState(waiting?.insurance ?? person.insurance)
  const [tried, setTried] = useState(false)
  const changed = {
    ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    ...(address.trim() === (person.address ?? '') ? {} : { address: address.trim() === '' ? null : address.trim() }),
    ...(insurance === person.insurance ? {} : { insurance }),
  }
  const isWrong = phone.trim() !== '' && !/^1\d{10}$/.test(phone.trim())
  const isNothing = Object.keys(changed).length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isWrong || isNothing || saved.isUnderway) return
    onSave({ person: person.id, ifVersion: person.version, ...changed })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextField
        label={village.register.phone}
        type="tel"
        inputMode="numeric"
        hint={person.phone === null ? words.phoneNone : words.phoneNow(person.phone)}
        error={tried && isWrong ? village.register.phoneWrong : undefined}
        value={phone}
        onChange={(typed) => setPhone(typed.normalize('NFKC').replaceAll(/\s/g, ''))}
      />
      <TextField label={village.register.address} value={address} onChange={setAddress} />
      <Select
        label={village.register.insurance}
        value={insurance}
        onChange={setInsurance}
        choices={insurances.map((kind) => ({ value: kind, label: village.insurances[kind] }))}
      />
      {tried && isNothing && <p className="field-error">{words.nothing}</p>}
      <SavedNote saved={saved} />
      <Button tone="primary" wide submit busy={saved.isUnderway && navigator.onLine}>
        {words.go}
      </Button>
    </form>
  )
}

type SettleProps = { mine: Correction; person: ShownPerson; onSave: (body: Correction) => void }

const Settle = ({ mine, person, onSave }: SettleProps) => {
  const { correct: words } = useWordsOf(offlineWords)
  // What stands on the server now, asked for anew: the person shown may be the one that was seen before.
  const { data } = useApi('residents.get', { person: person.id }, { follows: ['residents'] })
  const theirs = data !== undefined && data.version > mine.ifVersion ? data : null
  if (theirs === null) return <output>{words.metOffline}</output>
  return <MetCorrections mine={mine} theirs={theirs} onSettle={onSave} />
}
