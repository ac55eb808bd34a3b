import { usePick } from '../../words/language.tsx'
import type { NameOf } from './names.tsx'
import type { Body, Field } from './registers.ts'
import { useManagerWords } from './words.ts'

/** A value of a register as people read it. */
export const FieldValue = ({ field, value, nameOf }: { field: Field; value: unknown; nameOf: NameOf }) => {
  const words = useManagerWords()
  const pick = usePick()
  const choice = (one: string) => {
    const known = field.choices.find((of) => of.value === one)
    return known === undefined ? one : pick(known.words)
  }
  if (value === null || value === undefined || value === '') return <span className="soft">{words.nothing}</span>
  switch (field.kind) {
    case 'yes-no':
      return <>{value === true ? words.yes : words.no}</>
    case 'number':
      return <span className="figures">{String(value)}</span>
    case 'choice':
      return <>{choice(String(value))}</>
    case 'choices':
      return <>{(value as string[]).map(choice).join(words.comma)}</>
    case 'texts':
      return <>{(value as string[]).join(words.comma)}</>
    case 'group':
      return <GroupValue field={field} value={value as Body} nameOf={nameOf} />
    case 'list':
      return (
        <ol className="value-rows">
          {(value as Body[]).map((row, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a text have no other name than their place
            <li key={at}>
              <GroupValue field={field} value={row} nameOf={nameOf} />
            </li>
          ))}
        </ol>
      )
    case 'text':
      return <TextValue field={field} value={String(value)} nameOf={nameOf} />
  }
}

const TextValue = ({ field, value, nameOf }: { field: Field; value: string; nameOf: NameOf }) => {
  if (field.means === 'institution' || field.means === 'consortium') return <>{nameOf(field.means, value)}</>
  if (field.means === 'day') return <span className="figures">{value}</span>
  return /^https?:\/\//.test(value) ? (
    <a href={value} rel="noreferrer noopener" target="_blank">
      {value}
    </a>
  ) : (
    <>{value}</>
  )
}

// A name of something is read in one language; other groups part by part.
const GroupValue = ({ field, value, nameOf }: { field: Field; value: Body; nameOf: NameOf }) => {
  const pick = usePick()
  if (field.parts.length === 2 && field.parts.every(({ name }) => name === 'zh' || name === 'en'))
    return <>{pick(value as { zh: string; en?: string | null })}</>
  return (
    <span className="value-parts">
      {field.parts
        .filter(({ name }) => value[name] !== undefined && value[name] !== null && value[name] !== '')
        .map((part) => (
          <span key={part.name}>
            <span className="soft small">{pick(part.words)}</span>{' '}
            <FieldValue field={part} value={value[part.name]} nameOf={nameOf} />
          </span>
        ))}
    </span>
  )
}
