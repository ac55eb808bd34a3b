import type { TemplateNeed } from '../../../src/modules/referral/contract.ts'
import { Button } from '../../ui/button.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { LetterTemplate } from './letter-templates.ts'
import { consentWords } from './consent-words.ts'
import { caseWords } from './words.ts'

type Props = {
  templates: readonly LetterTemplate[]
  chosen: LetterTemplate | undefined
  missing: readonly TemplateNeed[]
  onChoose: (template: LetterTemplate) => void
}

/** The templates of a condition, and what the chosen one asks for that the record does not have. */
export const LetterTemplateBar = ({ templates, chosen, missing, onChoose }: Props) => {
  const { refer } = useWordsOf(caseWords)
  const words = useWordsOf(consentWords)
  const pick = usePick()
  if (templates.length === 0) return null
  return (
    <>
      <fieldset className="state-choice" aria-label={refer.templates}>
        {templates.map((one) => (
          <Button
            key={one.key}
            small
            tone={one.key === chosen?.key ? 'primary' : 'plain'}
            aria-pressed={one.key === chosen?.key}
            onClick={() => onChoose(one)}
          >
            {pick(one.name)}
          </Button>
        ))}
      </fieldset>
      {missing.length > 0 && (
        <p className="field-hint">
          {words.missing} <strong>{missing.map((need) => words.needs[need]).join(words.comma)}</strong>
        </p>
      )}
    </>
  )
}

/** What goes along with the letter and with the person, where the template says it. */
export const TemplatePapers = ({ template }: { template: LetterTemplate | undefined }) => {
  const words = useWordsOf(consentWords)
  const pick = usePick()
  if (template === undefined || template.attach.length + template.bring.length === 0) return null
  return (
    <details>
      <summary>{words.papers}</summary>
      {template.attach.length > 0 && (
        <p>
          {words.attach} {template.attach.map(pick).join(words.comma)}
        </p>
      )}
      {template.bring.length > 0 && (
        <p>
          {words.bring} {template.bring.map(pick).join(words.comma)}
        </p>
      )}
    </details>
  )
}
