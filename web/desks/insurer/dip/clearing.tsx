import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { RadioCards } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { hundredthsOf } from '../../typed-hundredths.ts'
import { DecideActs } from '../decide-acts.tsx'
import { Explained } from './steps.tsx'
import { useDipWords } from './words.ts'
import type { Year } from './year-part.tsx'

type Clearing = NonNullable<Year['clearing']>
type Part = Clearing['parts'][number]

const DIGITS = 11
const POINTS_A_PERCENT = 100
const TONES = { proposed: 'warning', decided: 'good', returned: 'quiet' } as const

/** How a year was cleared, hospital by hospital; the insurer proposes and another person of it decides. */
export const ClearingCard = ({ year }: { year: Year }) => {
  const words = useDipWords()
  const enters = useActor().role === 'insurer'
  const { clearing } = year
  const mayPropose = enters && (clearing === null || clearing.state === 'returned') && year.hospitals.length > 0
  return (
    <Card title={words.clearing} aside={mayPropose && <Propose year={year.year} />}>
      {clearing === null ? (
        <p className="soft">{words.noClearing}</p>
      ) : (
        <div className="stack">
          <Facts
            facts={[
              [words.state, <Chip key="state" tone={TONES[clearing.state]}>{words.states[clearing.state]}</Chip>], // prettier-ignore
              [words.fund, words.yuan(clearing.fundFen)],
              [words.paid, words.yuan(clearing.paidFen)],
              [
                words.left,
                <Explained key="left" steps={clearing.steps}>
                  {words.yuan(clearing.leftFen)}
                </Explained>,
              ],
              [words.reserve, words.yuan(clearing.reserveFen)],
              ...(clearing.decidedBecause === null ? [] : [[words.decidedBecause, clearing.decidedBecause] as const]),
            ]}
          />
          {enters && clearing.state === 'proposed' && <Decide clearing={clearing} />}
          <Parts parts={clearing.parts} />
        </div>
      )}
    </Card>
  )
}

const Parts = ({ parts }: { parts: readonly Part[] }) => {
  const words = useDipWords()
  const pick = usePick()
  return (
    <div className="wide-table">
      <DataTable
        caption={words.tableOf(words.clearing)}
        columns={[
          { key: 'name', title: words.hospital, width: '14rem', cell: (row: Part) => pick(row) },
          { key: 'points', title: words.points, numeric: true, cell: ({ scoreE4 }) => words.score(scoreE4) },
          { key: 'due', title: words.due, numeric: true, cell: ({ dueFen }) => words.yuan(dueFen) },
          { key: 'claimed', title: words.claimed, numeric: true, cell: ({ claimedFen }) => words.yuan(claimedFen) },
          {
            key: 'assessed',
            title: words.assessed,
            numeric: true,
            cell: ({ assessment }) => `${assessment / POINTS_A_PERCENT}%`,
          },
          { key: 'kept', title: words.kept, numeric: true, cell: ({ keptFen }) => words.yuan(keptFen) },
          {
            key: 'balance',
            title: words.balance,
            numeric: true,
            cell: ({ balanceFen, steps }) => <Explained steps={steps}>{words.yuan(balanceFen)}</Explained>,
          },
        ]}
        rows={parts}
        idOf={({ org }) => org}
      />
    </div>
  )
}

const Decide = ({ clearing: { id, isOwn } }: { clearing: Clearing }) => {
  const words = useDipWords()
  const decide = useCommand('fund.decide-dip-clearing')
  return (
    <DecideActs
      isOwn={isOwn}
      words={{ own: words.ownNote, reason: words.reason, missing: words.reasonMissing }}
      yes={{ act: words.approve, title: words.approveTitle, why: words.approveWhy }}
      no={{ act: words.giveBack, title: words.returnTitle, why: words.returnWhy }}
      running={decide}
      onDecide={(isYes, why, close) =>
        decide.mutate({ clearing: id, decision: isYes ? 'approve' : 'return', why }, { onSuccess: close })
      }
    />
  )
}

const Propose = ({ year }: { year: number }) => {
  const words = useDipWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button tone="primary" onClick={() => setOpen(true)}>
        {words.propose}
      </Button>
      {open && <ProposeDialog year={year} onClose={() => setOpen(false)} />}
    </>
  )
}

const BASES = ['fund', 'total-fees'] as const
const ProposeDialog = ({ year, onClose }: { year: number; onClose: () => void }) => {
  const words = useDipWords()
  const toast = useToast()
  const propose = useCommand('fund.propose-dip-clearing')
  const [fund, setFund] = useState('')
  const [reserve, setReserve] = useState('0')
  const [basis, setBasis] = useState<(typeof BASES)[number]>('fund')
  const [tried, setTried] = useState(false)
  const [fundFen, reserveFen] = [hundredthsOf(fund, DIGITS), hundredthsOf(reserve, DIGITS)]
  const isFundWrong = fundFen === null || fundFen === 0
  const submit = () => {
    setTried(true)
    if (isFundWrong || reserveFen === null) return
    propose.mutate(
      { year, fundFen, reserveFen, basis },
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
        <div className="dip-fields">
          <TextField
            label={words.fundYuan}
            required
            inputMode="decimal"
            maxLength={20}
            error={tried && isFundWrong ? words.wrongYuan : undefined}
            value={fund}
            onChange={setFund}
          />
          <TextField
            label={words.reserveYuan}
            inputMode="decimal"
            maxLength={20}
            error={tried && reserveFen === null ? words.wrongYuan : undefined}
            value={reserve}
            onChange={setReserve}
          />
        </div>
        <RadioCards
          label={words.basis}
          choices={BASES.map((value) => ({ value, ...words.bases[value] }))}
          value={basis}
          onChange={setBasis}
        />
        {propose.error !== null && <ErrorNote error={propose.error} />}
      </div>
    </FormDialog>
  )
}
