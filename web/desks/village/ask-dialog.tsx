import { useState } from 'react'
import { MISSING_PARTS, type MissingPart } from '../../../src/modules/referral/referral.ts'
import { Checkbox } from '../../ui/choice.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { missingParts } from '../missing-parts.ts'
import { ActDialog, labelOf, type ActWindow } from './act-dialogs.tsx'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

/** Asks the sender for more before taking a patient who is referred down. */
export const AskDialog = ({ one, open, onClose }: ActWindow) => {
  const { acts: words } = useWordsOf(caseWords)
  const parts = useWordsOf(missingParts)
  const saved = useSaved('referral.ask-more')
  const [what, setWhat] = useState<readonly MissingPart[]>([])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (what.length > 0 && reason.trim() !== '')
      void saved.save({ referral: one.id, what: [...what], reason: reason.trim() }, labelOf(words.ask, one), one.person.id)
  }
  return (
    <ActDialog title={words.ask} act={words.ask} open={open} onClose={onClose} saved={saved} onSubmit={submit}>
      <fieldset className={tried && what.length === 0 ? 'choice-group wrong' : 'choice-group'}>
        <legend>{words.askWhat}</legend>
        {tried && what.length === 0 && <p className="field-error">{words.askWhatMissing}</p>}
        {MISSING_PARTS.map((part) => (
          <Checkbox
            key={part}
            label={parts[part]}
            checked={what.includes(part)}
            onChange={(checked) => setWhat(MISSING_PARTS.filter((each) => (each === part ? checked : what.includes(each))))}
          />
        ))}
      </fieldset>
      <TextArea
        label={words.askReason}
        required
        maxLength={500}
        error={tried && reason.trim() === '' ? words.askReasonMissing : undefined}
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  )
}
