import { useState } from 'react'
import { Link } from 'wouter'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { AcceptDialog, CancelDialog, FollowUpDialog, RejectDialog } from './act-dialogs.tsx'
import { AskDialog } from './ask-dialog.tsx'
import type { Case } from './case-row.tsx'
import { maskedName } from './people.ts'
import { SavedNote } from './saved-note.tsx'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

/** What this institution may do with a case now: the moves of its state that are its own. */
export const actsOf = (one: Case, own: string | undefined) => {
  const has = (move: string) => one.moves.includes(move)
  const isSender = one.sender.id === own
  const isReceiver = one.receiver.id === own
  const isCare = one.care?.id === own
  const mayReceive = one.state === 'handed-back' ? isCare : isReceiver && one.direction === 'down' && has('receive')
  return {
    supplement: isSender && has('supplement'),
    again: isSender && has('submit'),
    cancel: isSender && has('cancel'),
    complete: isSender && one.owesPapers,
    receive: mayReceive,
    followUp: (isCare || isReceiver) && has('follow-up'),
    close: (isCare || isReceiver) && has('close'),
    accept: isReceiver && has('accept'),
    ask: isReceiver && has('ask-more'),
    reject: isReceiver && has('reject'),
    arrive: isReceiver && has('arrive') && one.direction !== 'down',
    begin: isReceiver && has('begin') && one.direction !== 'down',
    discharge: isReceiver && has('discharge') && one.direction !== 'down',
  }
}

const plainMoves = ['receive', 'arrive', 'begin', 'discharge', 'close'] as const
type Opened = 'cancel' | 'followUp' | 'accept' | 'ask' | 'reject' | null

/** Leads to the form in the messages of the case, where it also says what was asked for. */
const toSupplement = () => {
  const form = document.querySelector<HTMLElement>('#supplement')
  form?.scrollIntoView({ block: 'start' })
  form?.focus({ preventScroll: true })
}

/** The buttons of a case and the windows that they open. Each act is saved on this device first. */
export const CaseActs = ({ one }: { one: Case }) => {
  const words = useWordsOf(caseWords)
  const { institution } = useActor()
  const acts = actsOf(one, institution?.id)
  const [opened, setOpened] = useState<Opened>(null)
  const windowFor = (name: Exclude<Opened, null>) => ({ one, open: opened === name, onClose: () => setOpened(null) })
  if (!Object.values(acts).includes(true)) return null
  return (
    <Card title={words.acts.title} held>
      <div className="stack">
        <div className="along">
          {acts.accept && (
            <Button tone="primary" onClick={() => setOpened('accept')}>
              {words.acts.accept}
            </Button>
          )}
          {acts.supplement && (
            <Button tone="primary" onClick={toSupplement}>
              {words.acts.supplement}
            </Button>
          )}
          {acts.complete && (
            <Link className="button primary" to={`/village/cases/${one.id}/papers`}>
              {words.acts.complete}
            </Link>
          )}
          {acts.again && (
            <Link className="button primary" to={`/village/cases/${one.id}/again`}>
              {words.acts.again}
            </Link>
          )}
          {plainMoves.map((move) => acts[move] && <MoveButton key={move} one={one} move={move} />)}
          {acts.followUp && (
            <Button tone="primary" onClick={() => setOpened('followUp')}>
              {words.acts.followUp}
            </Button>
          )}
          {acts.ask && <Button onClick={() => setOpened('ask')}>{words.acts.ask}</Button>}
          {acts.reject && (
            <Button tone="danger" onClick={() => setOpened('reject')}>
              {words.acts.reject}
            </Button>
          )}
          {acts.cancel && (
            <Button tone="danger" onClick={() => setOpened('cancel')}>
              {words.acts.cancel}
            </Button>
          )}
        </div>
      </div>
      <CancelDialog {...windowFor('cancel')} />
      <FollowUpDialog {...windowFor('followUp')} />
      <AcceptDialog {...windowFor('accept')} />
      <AskDialog {...windowFor('ask')} />
      <RejectDialog {...windowFor('reject')} />
    </Card>
  )
}

/** A move that needs no words: one press. */
const MoveButton = ({ one, move }: { one: Case; move: (typeof plainMoves)[number] }) => {
  const words = useWordsOf(caseWords)
  const saved = useSaved(`referral.${move}`)
  const act = () =>
    void saved.save({ referral: one.id }, `${words.acts[move]} · ${maskedName(one.person.name.zh)}`, one.person.id)
  return (
    <>
      <Button tone="primary" busy={saved.isUnderway} onClick={act}>
        {words.acts[move]}
      </Button>
      <SavedNote saved={saved} />
    </>
  )
}
