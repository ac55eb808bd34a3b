import { REJECT_REASONS, type RejectReason } from '../../../src/modules/referral/referral.ts'
import { RadioCards } from '../../ui/choice.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { returnReasons } from '../return-reasons.ts'
import type { Fault, FieldHelp } from './act-panel.tsx'
import { returnAdvice, wayOnFor } from './return-advice.ts'
import { useDeskWords } from './words.ts'

/** What a return says, while it is being filled in. */
export type RejectDraft = { why: RejectReason | ''; wayOn: string }

/** What is still missing of a return: nobody may be dropped by it. */
export const faultsOfReject = (draft: RejectDraft, words: ReturnType<typeof useDeskWords>): Fault[] => [
  ...(draft.why === '' ? [{ field: 'why', text: words.reject.whyMissing }] : []),
  ...(draft.wayOn.trim() === '' ? [{ field: 'wayOn', text: words.reject.wayOnMissing }] : []),
]

type RejectFieldsProps = { help: FieldHelp; draft: RejectDraft; change: (part: Partial<RejectDraft>) => void }

/** The coded reason and the way on of a return, of one case or of several; the way on begins as the reason's own advice. */
export const RejectFields = ({ help: { idOf, faultOf }, draft, change }: RejectFieldsProps) => {
  const words = useDeskWords()
  const whys = useWordsOf(returnReasons)
  const advice = useWordsOf(returnAdvice)
  return (
    <>
      <RadioCards
        id={idOf('why')}
        label={words.reject.why}
        error={faultOf('why')}
        required
        choices={REJECT_REASONS.map((value) => ({ value, label: whys[value], note: advice[value].means }))}
        value={draft.why}
        onChange={(why) => change({ why, wayOn: wayOnFor(why, draft.wayOn, advice) })}
      />
      <TextArea
        id={idOf('wayOn')}
        label={words.reject.wayOn}
        hint={words.reject.wayOnHint}
        error={faultOf('wayOn')}
        required
        maxLength={500}
        value={draft.wayOn}
        onChange={(wayOn) => change({ wayOn })}
      />
    </>
  )
}
