import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { clinicalName, illnessesFirst } from '../clinical-name.ts'
import { ConsentsPart } from '../record-access/consents-part.tsx'
import { RepresentativesPart } from '../record-access/representatives-part.tsx'
import { illnessGloss } from './glosses.ts'
import { MeasuredValues } from './measured-values.tsx'
import { ReadsList } from './reads-list.tsx'
import { recordWords } from './record-words.ts'
import { residentWords } from './words.ts'

type ShownRecord = Queries['health-record.summary']['answer']
type Part = 'now' | 'tests' | 'past' | 'reads' | 'consents'
const parts: readonly Part[] = ['now', 'tests', 'past', 'reads', 'consents']

/** My record in plain words: what I have now, what was measured, what was before, and who looked. */
export const RecordPage = () => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(recordWords)
  const { resident } = useActor()
  return (
    <Page title={shared.places.record} lead={words.lead}>
      {resident !== null && <RecordOf person={resident} />}
    </Page>
  )
}

/** A record in plain words, by parts: one's own, or of somebody whom one acts for. */
export const RecordOf = ({ person }: { person: string }) => {
  const shared = useWordsOf(residentWords)
  const words = useWordsOf(recordWords)
  const [part, setPart] = useState<Part>('now')
  const { data, error, isPending, refetch } = useApi('health-record.summary', { person })
  return (
    <Tabs
      label={shared.places.record}
      tabs={parts.map((key) => ({ key, label: words.parts[key] }))}
      shown={part}
      onShow={setPart}
    >
      {part === 'reads' ? (
        <ReadsList person={person} />
      ) : part === 'consents' ? (
        <div className="stack wide">
          <ConsentsPart person={person} />
          <RepresentativesPart person={person} isStaff={false} />
        </div>
      ) : (
        <>
          {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
          {isPending && error === null && <Skeleton lines={6} />}
          {data !== undefined && <RecordPart record={data} part={part} />}
        </>
      )}
    </Tabs>
  )
}

const isEmpty = ({ problems, medicines, allergies, series, reports, findings }: ShownRecord): boolean =>
  [problems, medicines, allergies, series, reports, findings].every(({ length }) => length === 0)

const RecordPart = ({ record, part }: { record: ShownRecord; part: 'now' | 'tests' | 'past' }) => {
  const words = useWordsOf(recordWords)
  if (isEmpty(record)) return <EmptyState kind="none" title={words.none} why={words.noneWhy} />
  switch (part) {
    case 'now':
      return <Now record={record} />
    case 'tests':
      return <MeasuredValues record={record} />
    case 'past':
      return <Past record={record} />
  }
}

const Now = ({ record: { allergies, medicines, problems } }: { record: ShownRecord }) => {
  const words = useWordsOf(recordWords)
  const pick = usePick()
  const activeAllergies = allergies.filter(({ isActive }) => isActive)
  return (
    <div className="stack wide">
      <Card title={words.allergies}>
        {activeAllergies.length === 0 ? (
          <p className="soft">{words.noAllergies}</p>
        ) : (
          <div className="stack tight">
            <List label={words.allergies}>
              {activeAllergies.map(({ id, reactions, words: name }) => (
                <PlainRow key={id} title={pick(name)} lines={reactions.map(pick).join(' · ')} />
              ))}
            </List>
            <p>{words.allergiesWhy}</p>
          </div>
        )}
      </Card>
      <Card title={words.problems}>
        <Problems problems={problems.filter(({ isActive }) => isActive)} none={words.noProblems} label={words.problems} />
      </Card>
      <Card title={words.medicines}>
        <div className="stack tight">
          <Medicines medicines={medicines.filter(({ isActive }) => isActive)} none={words.noMedicines} label={words.medicines} />
          <p className="soft">{words.medicineWhy}</p>
        </div>
      </Card>
    </div>
  )
}

const Past = ({ record: { medicines, problems } }: { record: ShownRecord }) => {
  const words = useWordsOf(recordWords)
  return (
    <div className="stack wide">
      <Card title={words.pastProblems}>
        <Problems problems={problems.filter(({ isActive }) => !isActive)} none={words.noPast} label={words.pastProblems} />
      </Card>
      <Card title={words.pastMedicines}>
        <Medicines medicines={medicines.filter(({ isActive }) => !isActive)} none={words.noPast} label={words.pastMedicines} />
      </Card>
    </div>
  )
}

const Problems = ({ problems, none, label }: { problems: ShownRecord['problems']; none: string; label: string }) => {
  const words = useWordsOf(recordWords)
  const pick = usePick()
  if (problems.length === 0) return <p className="soft">{none}</p>
  return (
    <List label={label}>
      {illnessesFirst(problems).map(({ code, id, since, words: name }) => {
        const gloss = illnessGloss(name.zh, code)
        return (
          <PlainRow
            key={id}
            title={pick(clinicalName(name))}
            lines={
              <>
                {gloss !== null && <span className="gloss">{pick(gloss)}</span>}
                {since !== null && words.since(formatDay(since))}
              </>
            }
          />
        )
      })}
    </List>
  )
}

const Medicines = ({ medicines, none, label }: { medicines: ShownRecord['medicines']; none: string; label: string }) => {
  const words = useWordsOf(recordWords)
  const pick = usePick()
  if (medicines.length === 0) return <p className="soft">{none}</p>
  return (
    <List label={label}>
      {medicines.map(({ dose, id, since, words: name }) => (
        <PlainRow
          key={id}
          title={pick(name)}
          lines={[dose, since === null ? null : words.since(formatDay(since))].filter((line) => line !== null).join(' · ')}
        />
      ))}
    </List>
  )
}
