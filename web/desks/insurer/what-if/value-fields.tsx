import type { BookValue, ValueFault } from '../../../../src/modules/settlement/what-if.ts'
import type { AreaBook, Insured } from '../../../../src/modules/settlement/what-if.ts'
import { Select, TextField } from '../../../ui/field.tsx'
import { useLayerName } from './layer-name.ts'
import { readAs, typedOf, type Typed } from './typed-value.ts'
import { useWhatIfWords, type WhatIfWords } from './words.ts'

/** For whom and where a value holds, in a few words. */
const holdsFor = ({ when }: BookValue, words: WhatIfWords): string[] => [
  ...(when.care === undefined ? [] : [words.care[when.care]]),
  ...(when.level === undefined ? [] : [when.level.map((one) => words.levels[one]).join('、')]),
  ...(when.person === undefined ? [] : [words.persons[when.person]]),
  ...(when.ageFrom === undefined && when.ageUntil === undefined ? [] : [words.ages(when.ageFrom, when.ageUntil)]),
  ...(when.yearsFrom === undefined && when.yearsUntil === undefined ? [] : [words.yearsInsured(when.yearsFrom, when.yearsUntil)]),
  ...[when.identity, when.disease, when.status].flatMap((some) => (some === undefined ? [] : [some.join('、')])),
  ...[when.region, when.category].flatMap((one) => (one === undefined ? [] : [one])),
]

/** What a value is called: layer, field, band, and for whom it holds. */
const nameOf = (one: BookValue, words: WhatIfWords, layerName: (layer: string) => string): string => {
  const amount = (value: number): string => words.value({ value, unit: 'fen' })
  const { layer, field, band } = one
  const parts = [
    ...(layer === null ? [] : [layerName(layer)]),
    words.fields[field] ?? field,
    ...(band === null || field === 'upToFen' ? [] : [words.band(amount(band.overFen), band.upToFen === null ? null : amount(band.upToFen))]), // prettier-ignore
    ...holdsFor(one, words),
  ]
  return parts.join(' · ')
}

type OneField = {
  readonly one: BookValue
  readonly name: string
  readonly text: string
  readonly fault: ValueFault | undefined
  readonly onType: (text: string) => void
}

/** An amount or a share is typed, a switch is chosen. */
const ValueField = ({ one, name, text, fault, onType }: OneField) => {
  const words = useWhatIfWords()
  const hint = words.asItIs(words.value(one), one.basis)
  if (one.unit === 'switch')
    return <Select label={name} hint={hint} choices={['0', '1'].map((value) => ({ value, label: words.switched(value === '1') }))} value={text} onChange={onType} /> // prettier-ignore
  const error = fault === undefined ? undefined : words.faults[fault]
  return (
    <TextField
      label={`${name}（${words.unit[one.unit]}）`}
      hint={hint}
      error={error}
      inputMode="decimal"
      maxLength={14}
      value={text}
      onChange={onType}
    />
  )
}

type Fields = {
  readonly insured: Insured
  readonly book: AreaBook
  readonly values: readonly BookValue[]
  readonly typed: Typed
  readonly faults: Readonly<Record<string, ValueFault>>
  readonly onType: (at: string, text: string) => void
}

/** The values of one book, by what they are: each with what it is now and its source, to be typed over. */
export const ValueFields = ({ insured, book, values, typed, faults, onType }: Fields) => {
  const words = useWhatIfWords()
  const layerName = useLayerName(book)
  const kinds = [...new Set(values.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const of = values.filter((one) => one.kind === kind)
    const isChanged = (one: BookValue): boolean => typed[one.at] !== undefined && readAs(one, typed[one.at] ?? '') !== one.value
    const changed = of.filter(isChanged).length
    return (
      <details key={kind} className="what-if-kind">
        <summary>
          {words.insured[insured]} · {words.kinds[kind]} ({of.length})
          {changed > 0 && <strong> · {words.changed(changed)}</strong>}
        </summary>
        <div className="what-if-values">
          {of.map((one) => (
            <div key={one.at} className={isChanged(one) ? 'changed' : undefined}>
              <ValueField
                one={one}
                name={nameOf(one, words, layerName)}
                text={typed[one.at] ?? typedOf(one)}
                fault={faults[one.at]}
                onType={(text) => onType(one.at, text)}
              />
            </div>
          ))}
        </div>
      </details>
    )
  })
}
