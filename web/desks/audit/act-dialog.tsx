import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { ASKS, fenOfYuan } from './acts.ts'
import { auditWords, type HitAct } from './words.ts'

type Hit = { org: string; id: string; amountFen: number; decidedFen: number | null; secondPersonFen: number }

const REASON_LEAST = 2
const REASON_MOST = 500
const FEN_A_YUAN = 100

/** The commands of a hit, each with what it is told. */
const useActs = () => {
  const commands = {
    tell: useCommand('audit-rules.tell'),
    drop: useCommand('audit-rules.drop'),
    investigate: useCommand('audit-rules.investigate'),
    decide: useCommand('audit-rules.decide'),
    confirm: useCommand('audit-rules.confirm'),
    'send-back': useCommand('audit-rules.send-back'),
    recover: useCommand('audit-rules.recover'),
    revoke: useCommand('audit-rules.revoke'),
    accept: useCommand('audit-rules.accept'),
    appeal: useCommand('audit-rules.appeal'),
  }
  return commands
}

/** Asks for what an act needs, says what it does, and carries it out. */
export const ActDialog = ({ act, hit, onClose }: { act: HitAct; hit: Hit; onClose: () => void }) => {
  const words = useWordsOf(auditWords)
  const toast = useToast()
  const commands = useActs()
  const { reason: asksReason, sum } = ASKS[act]
  const most = sum === 'recovered' ? (hit.decidedFen ?? 0) : hit.amountFen
  const [reason, setReason] = useState('')
  const [yuan, setYuan] = useState((most / FEN_A_YUAN).toFixed(2))
  const [tried, setTried] = useState(false)
  const fen = fenOfYuan(yuan)
  const isReasonMissing = asksReason && reason.trim().length < REASON_LEAST
  const isSumWrong = sum !== null && (fen === null || fen > most || (sum === 'decided' && fen === 0))
  const running = commands[act]
  const submit = () => {
    setTried(true)
    if (isReasonMissing || isSumWrong) return
    const input = {
      org: hit.org,
      hit: hit.id,
      ...(asksReason ? { reason: reason.trim() } : {}),
      ...(sum === 'decided' ? { recoverFen: fen } : {}),
      ...(sum === 'recovered' ? { recoveredFen: fen } : {}),
    }
    running.mutate(input as never, {
      onSuccess: () => {
        toast({ text: `${words.acts[act]} · ${words.done}` })
        onClose()
      },
    })
  }
  return (
    <FormDialog
      title={words.acts[act]}
      cancel={words.cancel}
      act={words.acts[act]}
      busy={running.isPending}
      onAct={submit}
      onClose={onClose}
    >
      <p>{words.consequences[act]}</p>
      {sum !== null && (
        <TextField
          label={sum === 'decided' ? words.recoverYuan : words.recoveredYuan}
          required
          inputMode="decimal"
          hint={sum === 'decided' ? words.second(words.yuan(hit.secondPersonFen)) : undefined}
          error={tried && isSumWrong ? words.sumWrong(words.yuan(most)) : undefined}
          value={yuan}
          onChange={setYuan}
        />
      )}
      {asksReason && (
        <TextArea
          label={words.reason}
          required
          maxLength={REASON_MOST}
          error={tried && isReasonMissing ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
      )}
      {running.error !== null && <ErrorNote error={running.error} />}
    </FormDialog>
  )
}
