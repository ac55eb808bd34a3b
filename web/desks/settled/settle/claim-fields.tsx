import { Card } from '../../../ui/card.tsx'
import { Checkbox } from '../../../ui/choice.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { usePick } from '../../../words/language.tsx'
import { useBookName } from '../identity-names.ts'
import { useSettledWords } from '../words.ts'
import type { ClaimTerms, Draft } from './draft.ts'
import { useSettleWords } from './settle-words.ts'

type Props = { draft: Draft; terms: ClaimTerms; onChange: (part: Partial<Draft>) => void }

const NO_LIST = '-'
const WAYS_AT_HOME = ['local', 'in-net', 'referred-up', 'referred-down', 'emergency']
const WAYS_AWAY = ['unreferred', 'filed-long-term', 'filed-referral', 'emergency']

/** What a bill says of the person, the place and the way there; only what the area's rules tell apart is asked. */
export const ClaimFields = ({ draft, terms, onChange }: Props) => {
  const words = useSettleWords()
  const shared = useSettledWords()
  const pick = usePick()
  const { tells, insured, areas, careAreas, region } = terms
  const isAway = region !== null && region !== 'in-town'
  const named = (names: Readonly<Record<string, string>>) => (value: string) => ({ value, label: names[value] ?? value })
  return (
    <Card title={words.bill} aside={<span className="soft">{shared.insured[insured ?? ''] ?? insured}</span>}>
      <div className="stack">
        <div className="line-fields">
          <Select
            label={words.area}
            hint={words.areaHint}
            choices={areas.map((one) => ({ value: one.area, label: pick(one) }))}
            value={draft.area}
            onChange={(area) => onChange({ area, goesOnFrom: [], identities: [], diseases: [] })}
          />
          <TextField label={draft.care === 'inpatient' ? words.day : words.visitDay} type="date" value={draft.day} onChange={(day) => onChange({ day })} />
          <Select
            label={words.care}
            choices={(tells?.cares ?? []).map(named(shared.cares))}
            value={draft.care}
            onChange={(care) => onChange({ care })}
          />
          <Select
            label={words.level}
            choices={(tells?.levels ?? []).map(named(shared.levels))}
            value={draft.level}
            onChange={(level) => onChange({ level })}
          />
          <Select
            label={words.status}
            {...(isAway ? { hint: words.filedHint } : {})}
            choices={(isAway ? WAYS_AWAY : WAYS_AT_HOME).map(named(words.statuses))}
            value={draft.status}
            onChange={(status) => onChange({ status })}
          />
          {(region === null || isAway) && careAreas.length > 0 && (
            <Select
              label={words.careArea}
              hint={words.careAreaHint}
              choices={[{ value: NO_LIST, label: words.noCareArea }, ...careAreas.map((one) => ({ value: one.careArea, label: pick(one) }))]}
              value={draft.careArea || NO_LIST}
              onChange={(careArea) => onChange({ careArea: careArea === NO_LIST ? '' : careArea })}
            />
          )}
          {(tells?.persons.length ?? 0) > 0 && (
            <Select
              label={words.personKind}
              required
              choices={(tells?.persons ?? []).map(named(words.personKinds))}
              value={draft.personKind}
              onChange={(personKind) => onChange({ personKind })}
            />
          )}
          {tells?.years.insured === true && (
            <TextField
              label={words.yearsInsured}
              hint={words.yearsHint}
              inputMode="numeric"
              maxLength={2}
              value={draft.yearsInsured}
              onChange={(yearsInsured) => onChange({ yearsInsured })}
            />
          )}
          {tells?.years.withoutClaim === true && (
            <TextField
              label={words.yearsWithoutClaim}
              hint={words.yearsHint}
              inputMode="numeric"
              maxLength={2}
              value={draft.yearsWithoutClaim}
              onChange={(yearsWithoutClaim) => onChange({ yearsWithoutClaim })}
            />
          )}
          {insured === 'workers' && (
            <TextField
              label={words.account}
              inputMode="decimal"
              maxLength={12}
              value={draft.account}
              onChange={(account) => onChange({ account })}
            />
          )}
        </div>
        <Several label={words.identities} names={tells?.identities ?? []} chosen={draft.identities} onChange={(identities) => onChange({ identities })} />
        <Several label={words.diseases} names={tells?.diseases ?? []} chosen={draft.diseases} onChange={(diseases) => onChange({ diseases })} />
        {draft.care === 'inpatient' && <GoesOnFrom draft={draft} terms={terms} onChange={onChange} />}
      </div>
    </Card>
  )
} // prettier-ignore

type SeveralProps = {
  label: string
  names: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

const Several = ({ label, names, chosen, onChange }: SeveralProps) => {
  const nameOf = useBookName()
  if (names.length === 0) return null
  return (
    <fieldset className="choice-group">
      <legend>{label}</legend>
      <div className="settle-choices">
        {names.map((name) => (
          <Checkbox
            key={name}
            label={nameOf(name)}
            checked={chosen.includes(name)}
            onChange={(isChosen) => onChange(isChosen ? [...chosen, name] : chosen.filter((one) => one !== name))}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Stays of the area that this one may go on from, so that one deductible holds along a referral. */
const GoesOnFrom = ({ draft, terms: { earlier }, onChange }: Props) => {
  const words = useSettleWords()
  const shared = useSettledWords()
  const pick = usePick()
  if (earlier.length === 0) return null
  const moves = Object.entries(words.moves).map(([value, label]) => ({ value, label }))
  return (
    <fieldset className="choice-group">
      <legend>{words.chain}</legend>
      <div className="stack">
        {earlier.map(({ bill, day, level, place, deductibleFen, billNo }) => (
          <Checkbox
            key={bill}
            label={`${day} · ${pick(place)} · ${shared.levels[level] ?? level}`}
            note={[billNo, `${words.paidDeductible} ${shared.yuan(deductibleFen)}`].filter(Boolean).join(' · ')}
            checked={draft.goesOnFrom.includes(bill)}
            onChange={(isChosen) =>
              onChange({ goesOnFrom: isChosen ? [...draft.goesOnFrom, bill] : draft.goesOnFrom.filter((one) => one !== bill) })
            }
          />
        ))}
        {draft.goesOnFrom.length > 0 && (
          <div className="line-fields">
            <Select label={words.move} choices={moves} value={draft.move} onChange={(move) => onChange({ move })} />
            <TextField label={words.gapDays} inputMode="numeric" maxLength={3} value={draft.gapDays} onChange={(gapDays) => onChange({ gapDays })} />
            <Checkbox label={words.slip} checked={draft.slip} onChange={(slip) => onChange({ slip })} />
          </div>
        )}
      </div>
    </fieldset>
  )
} // prettier-ignore
