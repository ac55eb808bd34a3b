import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { ReasonedAct } from '../../cashier/reason-dialog.tsx'
import { DecideActs } from '../decide-acts.tsx'
import { Assessment, type YearEnd } from './assessment.tsx'
import { Explained } from './steps.tsx'
import { useBudgetWords } from './words.ts'
import { useYearWords } from './year-words.ts'

type Close = NonNullable<YearEnd['close']>
type Part = Close['parts'][number]
const TONES = { proposed: 'warning', decided: 'good', returned: 'quiet' } as const

/** How a consortium's year is assessed and closed. */
export const YearClosing = ({ org, year }: { org: string; year: number }) => {
  const { data, error, refetch } = useApi('fund.year-end', { org, year })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  return (
    <>
      <Assessment end={data} />
      <CloseCard end={data} />
    </>
  )
}

const CloseCard = ({ end }: { end: YearEnd }) => {
  const words = useYearWords()
  const money = useBudgetWords()
  const { role } = useActor()
  const { close } = end
  const mayPropose = role === 'insurer' && end.isOver && (close === null || close.state === 'returned')
  return (
    <Card title={`${words.close} · ${end.year}`} aside={mayPropose && <Propose end={end} />}>
      <div className="stack">
        {end.lackingFen !== null && close?.state !== 'decided' && (
          <div className="along">
            <span>
              {words.lacking}:{' '}
              <strong className="figures">{end.lackingSums === 0 ? words.none : money.yuan(end.lackingFen)}</strong>
            </span>
            {role === 'insurer' && <TakeUp end={end} />}
          </div>
        )}
        {end.carried.map(({ year, fen }) => (
          <p key={year}>{words.carried(year, money.yuan(fen))}</p>
        ))}
        {close === null ? <p className="soft">{end.isOver ? words.notYet : words.notOver}</p> : <Closed close={close} />}
        {close?.state === 'proposed' && <Act end={end} close={close} />}
      </div>
    </Card>
  )
}

const TakeUp = ({ end: { org, year } }: { end: YearEnd }) => {
  const words = useYearWords()
  const money = useBudgetWords()
  const toast = useToast()
  const take = useCommand('fund.take-up-spend')
  return (
    <>
      <Button
        small
        tone="plain"
        busy={take.isPending}
        onClick={() =>
          take.mutate(
            { org, year },
            { onSuccess: ({ transfers, fen }) => toast({ text: words.takenUp(transfers, money.yuan(fen)) }) },
          )
        }
      >
        {words.takeUp}
      </Button>
      {take.error !== null && <ErrorNote error={take.error} />}
    </>
  )
}

const Closed = ({ close }: { close: Close }) => {
  const words = useYearWords()
  const money = useBudgetWords()
  const pick = usePick()
  return (
    <>
      <Facts
        facts={[
          [words.state, <Chip key="state" tone={TONES[close.state]}>{words.states[close.state]}</Chip>], // prettier-ignore
          [words.spent, money.yuan(close.spentFen)],
          [words.score, words.scoreOf(close.score)],
          [
            words.kept,
            <Explained key="kept" steps={close.steps}>
              {money.yuan(close.keptFen)}
            </Explained>,
          ],
          [words.pool, money.yuan(close.poolBearsFen)],
          [words.network, money.yuan(close.networkBearsFen)],
          ...(close.objection === null ? [] : [[words.objection, close.objection] as const]),
          ...(close.decidedBecause === null ? [] : [[words.because, close.decidedBecause] as const]),
        ]}
      />
      {close.parts.length > 0 && (
        <div className="budget-table">
          <DataTable
            caption={words.parts}
            columns={[
              { key: 'member', title: words.member, cell: (row: Part) => pick(row) },
              { key: 'workload', title: words.byWorkload, numeric: true, cell: ({ byWorkloadFen }) => money.yuan(byWorkloadFen) },
              { key: 'quality', title: words.byQuality, numeric: true, cell: ({ byQualityFen }) => money.yuan(byQualityFen) },
              { key: 'heads', title: words.byHeads, numeric: true, cell: ({ byHeadsFen }) => money.yuan(byHeadsFen) },
              { key: 'part', title: words.part, numeric: true, cell: ({ fen }) => <strong>{money.yuan(fen)}</strong> },
            ]}
            rows={close.parts}
            idOf={({ org }) => org}
          />
        </div>
      )}
    </>
  )
}

const Act = ({ end: { org }, close }: { end: YearEnd; close: Close }) => {
  const words = useYearWords()
  const toast = useToast()
  const { role } = useActor()
  const decide = useCommand('fund.decide-close')
  const object = useCommand('fund.object-to-close')
  if (role === 'consortium-manager')
    return (
      <div className="along">
        <ReasonedAct
          words={{
            act: words.object,
            title: words.objectTitle,
            why: words.objectWhy,
            label: words.reason,
            missing: words.reasonMissing,
          }}
          running={object}
          onDone={(why, shut) =>
            object.mutate(
              { org, close: close.id, why },
              {
                onSuccess: () => {
                  shut()
                  toast({ text: words.objected })
                },
              },
            )
          }
        />
      </div>
    )
  if (role !== 'insurer') return null
  return (
    <DecideActs
      isOwn={close.isOwn}
      words={{ own: words.own, reason: words.reason, missing: words.reasonMissing }}
      yes={{ act: words.approve, title: words.approveTitle, why: words.approveWhy }}
      no={{ act: words.giveBack, title: words.returnTitle, why: words.returnWhy }}
      running={decide}
      onDecide={(isYes, why, shut) =>
        decide.mutate({ org, close: close.id, decision: isYes ? 'approve' : 'return', why }, { onSuccess: shut })
      }
    />
  )
}

const Propose = ({ end }: { end: YearEnd }) => {
  const words = useYearWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        {words.propose}
      </Button>
      {open && <ProposeDialog end={end} onClose={() => setOpen(false)} />}
    </>
  )
}

const KINDS = ['workload', 'quality', 'heads'] as const
const WHOLE_NUMBER = /^\d{1,9}$/
type Typed = Readonly<Record<string, string>>

const ProposeDialog = ({ end: { org, year, members }, onClose }: { end: YearEnd; onClose: () => void }) => {
  const words = useYearWords()
  const pick = usePick()
  const toast = useToast()
  const propose = useCommand('fund.propose-close')
  const [typed, setTyped] = useState<Typed>({})
  const [tried, setTried] = useState(false)
  const textOf = (member: string, kind: string): string => typed[`${member}/${kind}`] ?? '0'
  const isWrong = (text: string): boolean => !WHOLE_NUMBER.test(text.normalize('NFKC').trim())
  const submit = () => {
    setTried(true)
    if (members.some((one) => KINDS.some((kind) => isWrong(textOf(one.org, kind))))) return
    const amount = (member: string, kind: string) => Number(textOf(member, kind).normalize('NFKC').trim())
    const did = members.map((one) => ({
      org: one.org as string,
      workload: amount(one.org, 'workload'),
      quality: amount(one.org, 'quality'),
      heads: amount(one.org, 'heads'),
    }))
    propose.mutate(
      { org, year, members: did },
      {
        onSuccess: () => {
          toast({ text: words.proposed })
          onClose()
        },
      },
    )
  }
  return (
    <FormDialog
      title={words.proposeTitle(year)}
      cancel={words.cancel}
      act={words.propose}
      busy={propose.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.proposeWhy}</p>
        {members.map((one) => (
          <fieldset key={one.org} className="stack tight">
            <legend>
              <strong>{pick(one)}</strong>
            </legend>
            <div className="budget-members">
              {KINDS.map((kind) => (
                <TextField
                  key={kind}
                  label={words[kind]}
                  inputMode="numeric"
                  maxLength={9}
                  error={tried && isWrong(textOf(one.org, kind)) ? words.wrongCount : undefined}
                  value={textOf(one.org, kind)}
                  onChange={(text) => setTyped((was) => ({ ...was, [`${one.org}/${kind}`]: text }))}
                />
              ))}
            </div>
          </fieldset>
        ))}
        {propose.error !== null && <ErrorNote error={propose.error} />}
      </div>
    </FormDialog>
  )
}
