import { useState } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { useConsortia } from './names.tsx'
import { useManagerWords } from './words.ts'

type Governance = Queries['organisations.governance-of']['answer']

/** One consortium's whole governance on a page: what stands, what is missing, how far the tasks are. */
export const GovernancePage = () => {
  const words = useManagerWords()
  const pick = usePick()
  const { list, error, isLoading } = useConsortia()
  const [chosen, setChosen] = useState<string | null>(null)
  const consortium = chosen ?? list[0]?.id ?? null
  return (
    <Page title={words.governance.title} lead={words.governance.lead}>
      {error !== null && <ErrorNote error={error} />}
      {isLoading && <Skeleton lines={6} />}
      {consortium !== null && (
        <>
          <div className="register-narrow">
            <Select
              label={words.governance.consortium}
              choices={list.map(({ id, name }) => ({ value: id, label: pick(name) }))}
              value={consortium}
              onChange={setChosen}
            />
          </div>
          <Whole key={consortium} consortium={consortium} />
        </>
      )}
    </Page>
  )
}

const Whole = ({ consortium }: { consortium: string }) => {
  const asked = useApi('organisations.governance-of', { consortium })
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={8} />
  const found = asked.data
  return (
    <div className="stack wide">
      <Missing found={found} />
      <div className="governance-grid">
        <Bodies found={found} />
        <Unified found={found} />
        <Centres found={found} />
        <Documents found={found} />
        <Meetings found={found} />
      </div>
      <Tasks found={found} />
    </div>
  )
}

const RegisterLink = ({ name }: { name: string }) => {
  const words = useManagerWords()
  return (
    <Link className="small" to={`/overview/registers/organisations.${name}`}>
      {words.governance.toRegister}
    </Link>
  )
}

const Missing = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  if (found.missing.length === 0)
    return (
      <Card title={words.governance.missing(0)}>
        <Chip tone="good">{words.governance.complete}</Chip>
      </Card>
    )
  return (
    <Card title={words.governance.missing(found.missing.length)} held>
      <ul className="along">
        {found.missing.map(({ register, key, words: what }) => (
          <li key={`${register}-${key}`}>
            <Link className="missing-link" to={`/overview/registers/organisations.${register}`}>
              <Chip tone="warning">{pick(what)}</Chip>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Bodies = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  return (
    <Card title={words.governance.bodies} aside={<RegisterLink name="governance-body" />}>
      <div className="stack tight">
        {found.bodies.map(({ body, words: name, entry }) => (
          <div key={body}>
            <h3>{pick(name)}</h3>
            {entry === null ? (
              <Chip tone="warning">{words.governance.absent}</Chip>
            ) : (
              <p className="small">
                {entry.members
                  .map((member) => `${pick(member.name)}${member.post === 'head' ? words.governance.head : ''}`)
                  .join(words.comma)}
                <span className="soft figures"> · {words.governance.term(entry.until)}</span>
              </p>
            )}
          </div>
        ))}
      </div>
    </Card>
  )
}

const Unified = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  const standOf = (entry: Governance['unified'][number]['entry']): { tone: ChipTone; text: string } => {
    if (entry === null) return { tone: 'warning', text: words.governance.untold }
    return entry.isUnified
      ? { tone: 'good', text: words.governance.unifiedYes }
      : { tone: 'quiet', text: words.governance.unifiedNo }
  }
  return (
    <Card title={words.governance.unified} aside={<RegisterLink name="unified-management" />}>
      <ul className="stack tight">
        {found.unified.map(({ area, words: name, entry }) => {
          const { tone, text } = standOf(entry)
          return (
            <li key={area} className="along apart">
              <span>{pick(name)}</span>
              <Chip tone={tone}>{text}</Chip>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

const Centres = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  return (
    <Card title={words.governance.centres} aside={<RegisterLink name="management-centre" />}>
      <ul className="stack tight">
        {found.centres.map(({ centre, words: name, entry }) => (
          <li key={centre} className="along apart">
            <span>{pick(name)}</span>
            {entry === null ? (
              <Chip tone="warning">{words.governance.absent}</Chip>
            ) : (
              <span className="small">{words.governance.headed(pick(entry.head), entry.staff)}</span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Documents = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  return (
    <Card title={words.governance.documents} aside={<RegisterLink name="policy-document" />}>
      {found.documents.length === 0 ? (
        <Chip tone="warning">{words.governance.absent}</Chip>
      ) : (
        <ul className="stack tight">
          {found.documents.map((one) => (
            <li key={one.entry}>
              {one.link ? (
                <a href={one.link} target="_blank" rel="noreferrer noopener">
                  {pick(one.name)}
                </a>
              ) : (
                pick(one.name)
              )}
              <span className="soft small"> · {words.governance.version(one.versions, one.from)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const toneOf = { planned: 'quiet', running: 'calm', late: 'danger', done: 'good' } as const

const Meetings = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  return (
    <Card title={words.governance.meetings} aside={<RegisterLink name="governance-meeting" />}>
      {found.meetings.length === 0 ? (
        <p className="soft">{words.governance.noMeeting}</p>
      ) : (
        <List label={words.governance.meetings}>
          {found.meetings.slice(0, 3).map((meeting) => (
            <PlainRow
              key={`${meeting.body}-${meeting.number}`}
              title={`${pick(meeting.words)} ${meeting.number}`}
              lines={
                <span className="stack tight">
                  <span className="figures">{words.governance.held(meeting.heldOn, meeting.attended)}</span>
                  {meeting.resolutions.map(({ text, responsible, state }) => (
                    <span key={text} className="along">
                      <Chip tone={toneOf[state]}>{words.progress[state]}</Chip>
                      {text} · {responsible}
                    </span>
                  ))}
                </span>
              }
            />
          ))}
        </List>
      )}
    </Card>
  )
}

const Tasks = ({ found }: { found: Governance }) => {
  const words = useManagerWords()
  const pick = usePick()
  const done = found.tasks.filter(({ state }) => state === 'done').length
  const late = found.tasks.filter(({ state }) => state === 'late').length
  return (
    <div className="stack">
      <div className="along apart">
        <div>
          <h2>{words.governance.tasks}</h2>
          <p className="soft small">{words.governance.taskNote(found.tasksInAll, found.tasksKnown)}</p>
        </div>
        <div className="along">
          <Chip tone="good">{words.governance.tasksDone(done, found.tasks.length)}</Chip>
          {late > 0 && <Chip tone="danger">{words.governance.tasksLate(late)}</Chip>}
          <RegisterLink name="consortium-task" />
        </div>
      </div>
      {found.tasks.length === 0 ? (
        <EmptyState kind="none" title={words.governance.noTask} why={words.governance.noTaskWhy} />
      ) : (
        <DataTable
          caption={words.governance.tasks}
          columns={[
            { key: 'name', title: words.governance.task, cell: ({ name }) => pick(name) },
            { key: 'area', title: words.governance.area, width: '8rem', cell: ({ areaWords }) => pick(areaWords) },
            {
              key: 'state',
              title: words.governance.state,
              width: '8rem',
              cell: ({ state, stateWords }) => <Chip tone={toneOf[state]}>{pick(stateWords)}</Chip>,
            },
            {
              key: 'percent',
              title: words.governance.percent,
              numeric: true,
              width: '5rem',
              cell: ({ percent }) => `${percent}%`,
            },
            { key: 'responsible', title: words.governance.responsible, width: '11rem', cell: ({ responsible }) => responsible },
            {
              key: 'dueOn',
              title: words.governance.due,
              width: '8rem',
              cell: ({ dueOn }) => <span className="figures">{dueOn}</span>,
            },
          ]}
          rows={found.tasks}
          idOf={({ code }) => code}
        />
      )}
    </div>
  )
}
