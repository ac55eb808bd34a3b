import { useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextArea, TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { InstitutionChoice, type Chosen } from '../../record-access/found-choice.tsx'
import { hundredthsOf } from '../../typed-hundredths.ts'
import { LINES_MOST, readPoints, type WrongLine } from './typed-points.ts'
import { usePointsWords } from './words.ts'

const WAGES_DIGITS = 11
const BASIS = [4, 300] as const
const TEXT_MOST = 200_000
const WRONG_SHOWN = 3

/** The way to propose the points of a year: the insurer for any institution, a manager for its own. */
export const ProposePoints = ({ year }: { year: number }) => {
  const words = usePointsWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button small icon="plus" onClick={() => setOpen(true)}>
        {words.propose}
      </Button>
      {isOpen && <ProposeDialog year={year} onClose={() => setOpen(false)} />}
    </>
  )
}

const ProposeDialog = ({ year, onClose }: { year: number; onClose: () => void }) => {
  const words = usePointsWords()
  const toast = useToast()
  const { role, institution: own } = useActor()
  const propose = useCommand('fund.propose-points')
  const [place, setPlace] = useState<Chosen | null>(null)
  const [typed, setTyped] = useState({ wages: '', basis: '', lines: '' })
  const [tried, setTried] = useState(false)
  const change = (name: keyof typeof typed) => (text: string) => setTyped((was) => ({ ...was, [name]: text }))
  const org = role === 'insurer' ? (place?.id ?? null) : (own?.id ?? null)
  const wagesFen = hundredthsOf(typed.wages.replaceAll(/[,，]/g, ''), WAGES_DIGITS) || null
  const basis = typed.basis.trim()
  const read = readPoints(typed.lines)
  const linesError = 'wrong' in read ? wrongWords(read.wrong, words) : linesWrong(read.workers.length, words)
  const submit = () => {
    setTried(true)
    if (org === null || wagesFen === null || basis.length < BASIS[0] || linesError !== undefined || 'wrong' in read) return
    propose.mutate(
      { org, year, wagesFen, basis, workers: [...read.workers] },
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
      title={`${words.propose} · ${year}`}
      cancel={words.cancel}
      act={words.propose}
      busy={propose.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <div className="stack">
        <p>{words.proposeWhy}</p>
        {role === 'insurer' && (
          <InstitutionChoice
            label={words.institution}
            hint={words.institutionHint}
            error={tried && place === null ? words.institutionMissing : undefined}
            value={place}
            onPick={setPlace}
          />
        )}
        <TextField
          label={words.wagesLabel}
          required
          inputMode="decimal"
          maxLength={18}
          error={tried && wagesFen === null ? words.wagesWrong : undefined}
          value={typed.wages}
          onChange={change('wages')}
        />
        <TextField
          label={words.basisLabel}
          required
          maxLength={BASIS[1]}
          error={tried && basis.length < BASIS[0] ? words.basisMissing : undefined}
          value={typed.basis}
          onChange={change('basis')}
        />
        <TextArea
          label={words.typedLabel}
          hint={`${words.typedHint} ${words.forbidden}`}
          required
          rows={8}
          maxLength={TEXT_MOST}
          placeholder={words.typedExample}
          error={tried ? linesError : undefined}
          value={typed.lines}
          onChange={change('lines')}
        />
        {propose.error !== null && <ErrorNote error={propose.error} />}
      </div>
    </FormDialog>
  )
}

type Words = ReturnType<typeof usePointsWords>

const wrongWords = (wrong: readonly WrongLine[], words: Words): string =>
  wrong
    .slice(0, WRONG_SHOWN)
    .map(({ line, why }) => words.wrongLine(line, words.wrongAt[why]))
    .join('；')

const linesWrong = (count: number, words: Words): string | undefined =>
  count === 0 ? words.typedMissing : count > LINES_MOST ? words.tooMany : undefined
