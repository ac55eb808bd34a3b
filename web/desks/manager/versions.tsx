import { saysTheSame } from './same.ts'
import { useApi } from '../../api/use-api.ts'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { When } from '../../ui/countdown.tsx'
import { usePick } from '../../words/language.tsx'
import { FieldValue } from './field-value.tsx'
import type { NameOf } from './names.tsx'
import { queryOf, type Entry, type Listed, type RegisterName } from './registers.ts'
import { useManagerWords } from './words.ts'

/** How a version stands on a day: one that was approved may be over, or come later. */
const standOf = ({ state, from, until }: Pick<Entry, 'state' | 'from' | 'until'>, day: string) => {
  if (state !== 'in-force') return state
  if (until !== null && until <= day) return 'over'
  return from > day ? 'coming' : 'in-force'
}

/** All texts that an entry ever had, side by side, the newest first; what a version changed is marked in words and colour. */
export const Versions = ({
  name,
  listed,
  entry,
  nameOf,
}: {
  name: RegisterName
  listed: Listed
  entry: Entry
  nameOf: NameOf
}) => {
  const words = useManagerWords()
  const pick = usePick()
  const asked = useApi(queryOf(name, 'history'), { entry: entry.entry, org: entry.org })
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={4} />
  const versions = asked.data.versions as unknown as readonly Entry[]
  const changed = (at: number, field: string): boolean => {
    const [later, earlier] = [versions[at], versions[at + 1]]
    return later !== undefined && earlier !== undefined && !saysTheSame(later.body[field], earlier.body[field])
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className="table-frame versions" aria-label={words.versions.title} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.versions.field}</th>
            {versions.map(({ version, from, until, state }) => (
              <th key={version} scope="col">
                {words.versions.head(version)} · {words.states[standOf({ state, from, until }, listed.day)]}
                <br />
                <span className="figures">{words.period(from, until)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.fields.map((field) => (
            <tr key={field.name}>
              <th scope="row">{pick(field.words)}</th>
              {versions.map(({ version, body }, at) => (
                <td key={version} className={changed(at, field.name) ? 'is-changed' : undefined}>
                  <FieldValue field={field} value={body[field.name]} nameOf={nameOf} />
                  {changed(at, field.name) && <Chip tone="warning">{words.versions.changed}</Chip>}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{words.versions.recorded}</th>
            {versions.map(({ version, recordedAt, reason, endReason }) => (
              <td key={version} className="small">
                <When at={recordedAt} exact />
                {reason !== null && <p>{words.versions.why(reason)}</p>}
                {endReason !== null && <p>{words.versions.ended(endReason)}</p>}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  )
}
