import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { ReasonedAct } from '../../cashier/reason-dialog.tsx'
import { EnterHeads } from './enter-heads.tsx'
import { useHeadsWords } from './words.ts'

type Contract = Queries['fund.head-contract']['answer']

/** What the insurer may do with a contract as it stands; another person decides on what somebody proposed. */
export const ContractActs = ({ contract }: { contract: Contract }) => {
  const words = useHeadsWords()
  if (useActor().role !== 'insurer') return null
  const { state, isOwnProposal, isOver } = contract
  if (state === 'running')
    return (
      <div className="along">
        <EnterHeads contract={contract} />
        {isOver && <CloseHeads contract={contract} />}
      </div>
    )
  if (state !== 'proposed' && state !== 'closing') return null
  if (isOwnProposal) return <p>{words.ownProposal}</p>
  return (
    <div className="along">
      <Decide contract={contract} decision="agree" />
      <Decide contract={contract} decision="return" />
    </div>
  )
}

const Decide = ({ contract: { org, contract }, decision }: { contract: Contract; decision: 'agree' | 'return' }) => {
  const words = useHeadsWords()
  const toast = useToast()
  const decide = useCommand('fund.decide-heads')
  return (
    <ReasonedAct
      words={{
        act: decision === 'agree' ? words.agree : words.giveBack,
        title: words.decideTitle[decision],
        why: words.decideWhy[decision],
        label: words.why,
        missing: words.whyMissing,
      }}
      running={decide}
      onDone={(why, close) =>
        decide.mutate(
          { org, contract, decision, why },
          {
            onSuccess: () => {
              close()
              toast({ text: words.done })
            },
          },
        )
      }
    />
  )
}

const CloseHeads = ({ contract: { org, contract } }: { contract: Contract }) => {
  const words = useHeadsWords()
  const toast = useToast()
  const close = useCommand('fund.close-heads')
  const [isOpen, setOpen] = useState(false)
  const submit = () =>
    close.mutate(
      { org, contract },
      {
        onSuccess: () => {
          setOpen(false)
          toast({ text: words.closed })
        },
      },
    )
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.close}</Button>
      <Dialog
        title={words.closeTitle}
        open={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
            <Button tone="primary" busy={close.isPending} onClick={submit}>
              {words.close}
            </Button>
          </>
        }
      >
        <p>{words.closeWhy}</p>
        {close.error !== null && <ErrorNote error={close.error} />}
      </Dialog>
    </>
  )
}

/** Takes a wrong entry back by one of its own; what was taken back has no button. */
export const TakeBackEntry = ({
  contract: { org, contract },
  entry,
}: {
  contract: Contract
  entry: Contract['entries'][number]
}) => {
  const words = useHeadsWords()
  const toast = useToast()
  const back = useCommand('fund.take-back-heads')
  if (entry.isReversed || entry.reverses !== null) return null
  return (
    <ReasonedAct
      words={{
        act: words.takeBack,
        title: words.takeBackTitle,
        why: words.takeBackWhy,
        label: words.why,
        missing: words.whyMissing,
      }}
      small
      tone="quiet"
      running={back}
      onDone={(why, close) =>
        back.mutate(
          { org, contract, entry: entry.id, why },
          {
            onSuccess: () => {
              close()
              toast({ text: words.reversed })
            },
          },
        )
      }
    />
  )
}
