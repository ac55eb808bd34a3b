import { useState, type ReactNode } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { hundredthsOf } from '../../typed-hundredths.ts'
import { useMeasuresWords } from '../measures/words.ts'
import { WorkedOut, type WorkedStep } from '../worked-out.tsx'
import { Explained } from './steps.tsx'
import { useYearWords } from './year-words.ts'

export type YearEnd = Queries['fund.year-end']['answer']
type Indicator = YearEnd['indicators'][number]

const POINTS_A_PERCENT = 100
const MONTHS = 12
const DIGITS = 3
const EVIDENCE_LEAST = 2
const percent = (points: number): string => `${points / POINTS_A_PERCENT}%`

/** The indicators of a year's assessment, what each earns, and what the score gives of a surplus. */
export const Assessment = ({ end }: { end: YearEnd }) => {
  const words = useYearWords()
  const enters = useActor().role === 'insurer' && end.close?.state !== 'decided'
  const { score, share, steps } = end.assessment
  return (
    <Card title={`${words.assessment} · ${end.year}`}>
      <div className="stack">
        <Facts
          facts={[
            [
              words.score,
              <Explained key="score" steps={steps}>
                {words.scoreOf(score)}
              </Explained>,
            ],
            [words.share, percent(share)],
          ]}
        />
        <div className="budget-table">
          <DataTable
            caption={`${words.assessment}（${end.year}）`}
            columns={[
              {
                key: 'name',
                title: words.indicator,
                cell: ({ name }: Indicator) => words.names[name as keyof typeof words.names],
              },
              { key: 'weight', title: words.weight, numeric: true, cell: ({ weight }) => weight },
              { key: 'line', title: words.line, numeric: true, cell: ({ none, full }) => `${percent(none)} → ${percent(full)}` },
              {
                key: 'value',
                title: words.value,
                numeric: true,
                cell: ({ value, steps: worked }) =>
                  value === null ? (
                    words.missing
                  ) : worked === null ? (
                    percent(value)
                  ) : (
                    <Measured steps={worked}>{percent(value)}</Measured>
                  ),
              },
              { key: 'evidence', title: words.evidence, cell: ({ evidence }) => evidence ?? '—' },
              ...(enters && end.isOver
                ? [
                    {
                      key: 'measured',
                      title: words.measured,
                      numeric: true,
                      cell: (one: Indicator) => <Adopt end={end} indicator={one} />,
                    },
                  ]
                : []),
              ...(enters
                ? [{ key: 'enter', title: words.enter, cell: (one: Indicator) => <Enter end={end} indicator={one} /> }]
                : []),
            ]}
            rows={end.indicators}
            idOf={({ name }) => name}
          />
        </div>
      </div>
    </Card>
  )
}

/** A value that the house worked out, which opens its counts. */
const Measured = ({ steps, children }: { steps: readonly WorkedStep[]; children: ReactNode }) => (
  <WorkedOut steps={steps} names={useMeasuresWords().names}>
    {children}
  </WorkedOut>
)

/** What the house's own measure came to, and the way to take it as the value. */
const Adopt = ({ end: { org, year }, indicator: { name, measure, value } }: { end: YearEnd; indicator: Indicator }) => {
  const words = useYearWords()
  const toast = useToast()
  const adopt = useCommand('fund.adopt-measure')
  const { data, error } = useApi('fund.measures', { org, year, month: MONTHS })
  if (data === undefined) return error === null ? <span className="soft">…</span> : <ErrorNote error={error} />
  const found = data.measures.find(({ id }) => id === measure)
  if (found === undefined || found.is === null) return <span className="soft">{words.notMeasured}</span>
  return (
    <div className="stack tight">
      <Measured steps={found.steps}>{percent(found.is)}</Measured>
      {found.is !== value && (
        <Button
          small
          tone="plain"
          busy={adopt.isPending}
          onClick={() =>
            adopt.mutate(
              { org, year, indicator: name as keyof typeof words.names },
              { onSuccess: () => toast({ text: words.adopted }) },
            )
          }
        >
          {words.adopt}
        </Button>
      )}
      {adopt.error !== null && <ErrorNote error={adopt.error} />}
    </div>
  )
}

/** A typed percentage, which may lie below zero, in basis points; null when it is none. */
const pointsOf = (text: string): number | null => {
  const plain = text.normalize('NFKC').trim().replace('−', '-')
  const found = hundredthsOf(plain.replace(/^-/, ''), DIGITS)
  return found !== null && plain.startsWith('-') ? -found : found
}

const Enter = ({ end: { org, year }, indicator }: { end: YearEnd; indicator: Indicator }) => {
  const words = useYearWords()
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState('')
  const [evidence, setEvidence] = useState('')
  const [tried, setTried] = useState(false)
  const enter = useCommand('fund.enter-indicator')
  const name = indicator.name as keyof typeof words.names
  const points = pointsOf(value)
  const isBare = evidence.trim().length < EVIDENCE_LEAST
  const submit = () => {
    setTried(true)
    if (points === null || isBare) return
    enter.mutate(
      { org, year, indicator: name, value: points, evidence: evidence.trim() },
      {
        onSuccess: () => {
          toast({ text: words.entered })
          setOpen(false)
        },
      },
    )
  }
  return (
    <>
      <Button small tone="plain" onClick={() => setOpen(true)}>
        {words.enter}
      </Button>
      <Dialog
        title={words.enterTitle(words.names[name])}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
            <Button tone="primary" busy={enter.isPending} onClick={submit}>
              {words.enter}
            </Button>
          </>
        }
      >
        <div className="stack">
          <TextField
            label={words.valuePercent}
            required
            inputMode="decimal"
            maxLength={8}
            error={tried && points === null ? words.wrongValue : undefined}
            value={value}
            onChange={setValue}
          />
          <TextArea
            label={words.evidence}
            hint={words.evidenceHint}
            required
            maxLength={300}
            error={tried && isBare ? words.wrongEvidence : undefined}
            value={evidence}
            onChange={setEvidence}
          />
          {enter.error !== null && <ErrorNote error={enter.error} />}
        </div>
      </Dialog>
    </>
  )
}
