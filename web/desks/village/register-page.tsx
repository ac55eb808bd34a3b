import { useState, type FormEvent } from 'react'
import { Link } from 'wouter'
import type { Commands, Queries } from '../../api/api-types.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { ErrorSummary, type FieldFault } from '../../ui/error-summary.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { LikelyHint } from './likely-hint.tsx'
import { maskedName } from './people.ts'
import { SavedNote } from './saved-note.tsx'
import { plainIdNumber, readTypedIdNumber } from './typed-id-number.ts'
import { useKept } from './use-kept.ts'
import { useSaved } from './use-saved.ts'
import { caseWords, villageWords } from './words.ts'

type RegisterInput = Commands['residents.register']['input']
const otherKinds = ['02', '03', '04', '05', '06', '07', '99'] as const
type Entry = {
  paper: 'card' | 'other' | 'none'
  number: string
  otherKind: (typeof otherKinds)[number]
  name: string
  sex: 'male' | 'female' | 'unknown' | ''
  bornOn: string
  phone: string
  address: string
  insurance: 'resident' | 'employee' | 'none'
}
const blank: Entry = {
  paper: 'card',
  number: '',
  otherKind: '03',
  name: '',
  sex: '',
  bornOn: '',
  phone: '',
  address: '',
  insurance: 'resident',
}

const ids = { number: 'register-number', name: 'register-name', sex: 'register-sex', phone: 'register-phone' } as const

/** What the form says as the command takes it; what the number says stands over what was typed beside it. */
const inputOf = (entry: Entry): RegisterInput => {
  const read = entry.paper === 'card' ? readTypedIdNumber(entry.number) : null
  const own = read?.is === 'sound' ? read : null
  return {
    name: { zh: entry.name.trim() },
    sex: own?.sex ?? (entry.sex === '' ? 'unknown' : entry.sex),
    bornOn: own?.bornOn ?? (entry.bornOn === '' ? null : entry.bornOn),
    identifier:
      entry.paper === 'none'
        ? null
        : { type: entry.paper === 'card' ? '01' : entry.otherKind, number: plainIdNumber(entry.number) },
    phone: entry.phone === '' ? null : entry.phone,
    address: entry.address.trim() === '' ? null : entry.address.trim(),
    insurance: entry.insurance,
  }
}

/** What is known enough to ask whether this person is there already: a name, and a birth date or a whole phone number. */
const likelyOf = (entry: Entry): Queries['residents.likely']['input'] | null => {
  const { name, sex, bornOn, identifier, phone, address } = inputOf(entry)
  const hasPhone = /^1\d{10}$/.test(phone ?? '')
  const isSound = entry.paper !== 'card' || readTypedIdNumber(entry.number).is === 'sound'
  if (name.zh === '' || (!bornOn && !hasPhone)) return null
  return {
    zh: name.zh,
    sex,
    ...(bornOn ? { bornOn } : {}),
    ...(identifier && identifier.number !== '' && isSound ? { type: identifier.type, number: identifier.number } : {}),
    ...(hasPhone && phone ? { phone } : {}),
    ...(address ? { address } : {}),
  }
}

type Faults = Partial<Record<keyof typeof ids, string>>

const useFaults = (entry: Entry) => {
  const { register: words } = useWordsOf(villageWords)
  const read = readTypedIdNumber(entry.number)
  /** Said while typing only when no further digit could put it right. */
  const numberFault = (isFinal: boolean): string | undefined => {
    if (entry.paper === 'none') return undefined
    if (read.is === 'empty') return isFinal ? words.wrong.missing : undefined
    if (entry.paper === 'other' || read.is === 'sound') return undefined
    if (read.is === 'short') return isFinal ? words.wrong.form : undefined
    return words.wrong[read.is]
  }
  return (isFinal: boolean): Faults => {
    const number = numberFault(isFinal)
    const isFilledByCard = entry.paper === 'card'
    return {
      ...(number === undefined ? {} : { number }),
      ...(isFinal && entry.name.trim() === '' ? { name: words.nameMissing } : {}),
      ...(isFinal && !isFilledByCard && entry.sex === '' ? { sex: words.sexMissing } : {}),
      ...(entry.phone !== '' && (isFinal || entry.phone.length >= 11) && !/^1\d{10}$/.test(entry.phone)
        ? { phone: words.phoneWrong }
        : {}),
    }
  }
}

/** Registers a resident: the number is read as it is typed, pasted or scanned. Works without a network. */
export const RegisterPage = () => {
  const words = useWordsOf(villageWords)
  const { account } = useActor()
  const [entry, change, forget] = useKept<Entry>(`jieli-register-${account}`, blank)
  const [attempt, setAttempt] = useState(0)
  const saved = useSaved('residents.register')
  const faultsOf = useFaults(entry)
  const faults = faultsOf(attempt > 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt((before) => before + 1)
    if (Object.keys(faultsOf(true)).length > 0 || saved.isUnderway) return
    void saved.save(inputOf(entry), `${words.register.go} · ${maskedName(entry.name.trim())}`)
  }
  if (saved.entry?.state === 'sent')
    return (
      <Registered
        person={saved.answer?.person ?? ''}
        name={entry.name}
        onAgain={() => (forget(), saved.leave(), setAttempt(0))}
      />
    )
  const summary: FieldFault[] = (Object.keys(faults) as (keyof Faults)[]).map((field) => ({
    fieldId: ids[field],
    text: faults[field] ?? '',
  }))
  return (
    <Page title={words.register.title} lead={words.register.lead}>
      <form className="stack" onSubmit={submit} noValidate>
        {attempt > 0 && <ErrorSummary faults={summary} attempt={attempt} />}
        <Paper entry={entry} change={change} fault={faults.number} />
        <About entry={entry} change={change} faults={faults} />
        <LikelyHint asked={likelyOf(entry)} />
        <SavedNote saved={saved} />
        <Button tone="primary" wide submit busy={saved.isUnderway && saved.entry?.tries === 0 && navigator.onLine}>
          {words.register.go}
        </Button>
        <p className="soft small">{words.notSent}</p>
      </form>
    </Page>
  )
}

type PartProps = { entry: Entry; change: (some: Partial<Entry>) => void }

const Paper = ({ entry, change, fault }: PartProps & { fault: string | undefined }) => {
  const words = useWordsOf(villageWords)
  const read = readTypedIdNumber(entry.number)
  return (
    <Card title={words.register.paper}>
      <div className="stack">
        <RadioCards
          label={words.register.kind}
          value={entry.paper}
          onChange={(paper) => change({ paper, number: '' })}
          choices={[
            { value: 'card', label: words.register.withCard },
            { value: 'other', label: words.register.withOther },
            { value: 'none', label: words.register.without, note: words.register.withoutNote },
          ]}
        />
        {entry.paper === 'other' && (
          <Select
            label={words.register.otherKind}
            value={entry.otherKind}
            onChange={(otherKind) => change({ otherKind })}
            choices={otherKinds.map((kind) => ({ value: kind, label: words.register.otherKinds[kind] }))}
          />
        )}
        {entry.paper !== 'none' && (
          <TextField
            id={ids.number}
            label={entry.paper === 'card' ? words.register.number : words.register.otherNumber}
            hint={entry.paper === 'card' ? words.register.numberHint : undefined}
            error={fault}
            required
            autoCapitalize="characters"
            spellCheck={false}
            value={entry.number}
            onChange={(number) => change({ number })}
          />
        )}
        {entry.paper === 'card' && read.is === 'sound' && (
          <output className="field-hint">{words.register.reads(read.bornOn, words.sexes[read.sex])}</output>
        )}
      </div>
    </Card>
  )
}

const About = ({ entry, change, faults }: PartProps & { faults: Faults }) => {
  const words = useWordsOf(villageWords)
  return (
    <Card title={words.person.basics}>
      <div className="stack">
        <TextField
          id={ids.name}
          label={words.register.name}
          error={faults.name}
          required
          value={entry.name}
          onChange={(name) => change({ name })}
        />
        {entry.paper !== 'card' && (
          <>
            <RadioCards
              id={ids.sex}
              label={words.register.sex}
              error={faults.sex}
              required
              value={entry.sex}
              onChange={(sex) => change({ sex })}
              choices={(['male', 'female', 'unknown'] as const).map((sex) => ({ value: sex, label: words.sexes[sex] }))}
            />
            <TextField type="date" label={words.register.bornOn} value={entry.bornOn} onChange={(bornOn) => change({ bornOn })} />
          </>
        )}
        <TextField
          id={ids.phone}
          type="tel"
          inputMode="numeric"
          label={words.register.phone}
          hint={words.register.phoneHint}
          error={faults.phone}
          value={entry.phone}
          onChange={(phone) => change({ phone: phone.normalize('NFKC').replaceAll(/\s/g, '') })}
        />
        <TextField label={words.register.address} value={entry.address} onChange={(address) => change({ address })} />
        <Select
          label={words.register.insurance}
          value={entry.insurance}
          onChange={(insurance) => change({ insurance })}
          choices={(['resident', 'employee', 'none'] as const).map((kind) => ({ value: kind, label: words.insurances[kind] }))}
        />
      </div>
    </Card>
  )
}

const Registered = ({ person, name, onAgain }: { person: string; name: string; onAgain: () => void }) => {
  const words = useWordsOf(villageWords)
  const cases = useWordsOf(caseWords)
  return (
    <Page title={words.register.done}>
      <Card title={name} aside={<SavedChip state="sent" />}>
        <div className="stack">
          <p>{words.register.whole}</p>
          <div className="along">
            <Link className="button primary" to={`/village/refer/${person}`}>
              {cases.refer.title}
            </Link>
            <Link className="button plain" to={`/village/residents/${person}`}>
              {words.person.record}
            </Link>
            <Button onClick={onAgain}>{words.register.title}</Button>
          </div>
        </div>
      </Card>
    </Page>
  )
}
