import { Chip } from '../../ui/chip.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useLanguage, usePick, useWordsOf } from '../../words/language.tsx'
import './audit.css'
import { evidenceWords } from './evidence.ts'
import { KIND_TONES } from './kind-tones.ts'
import { orderWords } from './order-words.ts'
import { REASON_LEAST, type OrderCheck, type OrderHit } from './use-order-check.ts'
import { auditWords } from './words.ts'

const REASON_MOST = 500

/** What the rules say of one line of an order, with room for the reason where one is asked; each rule asks once, at the first of its lines. */
export const LineHits = ({ check, line, tried }: { check: OrderCheck; line: number; tried: boolean }) => {
  const here = check.hits.filter(({ lines }) => lines.includes(line))
  return here.map((hit) => (
    <OneHit
      key={hit.rule}
      hit={hit}
      asksReason={hit.effect === 'reason' && check.hits.find(({ rule }) => rule === hit.rule) === hit && hit.lines[0] === line}
      check={check}
      tried={tried}
    />
  ))
}

type OneHitProps = {
  hit: OrderHit
  asksReason: boolean
  check: OrderCheck
  tried: boolean
  /** What to do about it, where that is something else than while a bill is written. */
  next?: string | undefined
}

/** One hit of an order: how sure, what it rests on, and what to do. */
export const OneHit = ({ hit, asksReason, check, tried, next }: OneHitProps) => {
  const words = useWordsOf(orderWords)
  const shared = useWordsOf(auditWords)
  const pick = usePick()
  const evidence = evidenceWords(hit.evidence, useLanguage())
  const written = check.reasons[hit.rule] ?? ''
  const isMissing = tried && written.trim().length < REASON_LEAST
  return (
    <div className={`order-hit ${hit.effect}`}>
      <p className="audit-chips">
        <Chip tone={KIND_TONES[hit.kind] ?? 'quiet'}>{shared.kinds[hit.kind] ?? hit.kind}</Chip>
        <strong>{`${hit.number} · ${pick(hit.words)}`}</strong>
        <span>{words.effects[hit.effect]}</span>
      </p>
      {evidence !== '' && <p className="small">{words.evidence(evidence)}</p>}
      <p className="soft small">{words.clause(hit.clause.basis, shared.grades[hit.clause.grade] ?? hit.clause.grade)}</p>
      <p className="small">{next ?? words.next[hit.effect]}</p>
      {asksReason && (
        <TextArea
          label={words.reason(pick(hit.words))}
          required
          rows={2}
          maxLength={REASON_MOST}
          error={isMissing ? words.reasonMissing : undefined}
          value={written}
          onChange={(text) => check.write(hit.rule, text)}
        />
      )}
    </div>
  )
}

/** How the check of the whole order stands. */
export const OrderStanding = ({ check }: { check: OrderCheck }) => {
  const words = useWordsOf(orderWords)
  const isClean = check.isAnswered && check.hits.length === 0
  return (
    <div className="stack tight" aria-live="polite">
      {check.isAsking && <p className="soft small">{words.checking}</p>}
      {isClean && check.unknown.length === 0 && <p className="soft small">{words.clean}</p>}
      {check.unknown.length > 0 && <p className="soft small">{words.unchecked([...new Set(check.unknown)].join('、'))}</p>}
      {check.hasFailed && <p className="soft small">{words.failed}</p>}
    </div>
  )
}
