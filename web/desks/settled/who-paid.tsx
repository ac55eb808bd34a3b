import type { Queries } from '../../api/api-types.ts'
import { INPUT_WORDS, inputText } from '../../../src/modules/settlement/settlement.ts'
import { useLanguage, usePick } from '../../words/language.tsx'
import '../bill/bill.css'
import { useSettledWords, type SettledWords } from './words.ts'

export type SettledBill = Queries['settlement.bill']['answer']
type Revision = SettledBill['revisions'][number]
/** An outcome, kept or only priced. */
type Outcome = Pick<Revision, 'funds' | 'hospitalFen' | 'accountFen' | 'relatives' | 'cashFen' | 'totalFen' | 'settlement'>

const partsOf = (one: Outcome, words: SettledWords, isOwn: boolean): readonly (readonly [name: string, fen: number])[] => [
  ...Object.entries(one.funds).map(([fund, fen]) => [words.funds[fund] ?? fund, fen] as const),
  ...(one.hospitalFen > 0 ? [[words.hospital, one.hospitalFen] as const] : []),
  ...(one.accountFen > 0 ? [[words.accountPays, one.accountFen] as const] : []),
  ...one.relatives.map(({ owner, amountFen }) => [words.relative(owner), amountFen] as const),
  [isOwn ? words.cashOwn : words.cash, one.cashFen],
]

/** Layers that an aided person no longer has to apply for. */
const AID = ['medical-aid', 'tilt-aid']

/** Who pays what of an outcome, like a receipt; opened, every step with its clause. `isOwn`: the reader is the person. */
export const WhoPaid = ({ revision, isOwn = false }: { revision: Outcome; isOwn?: boolean }) => {
  const words = useSettledWords()
  const title = isOwn ? words.whoOwn : words.who
  return (
    <div className="stack tight">
      <ul className="receipt" aria-label={title}>
        {partsOf(revision, words, isOwn).map(([name, fen]) => (
          <li key={name}>
            <span>{name}</span>
            <span className="figures">{words.yuan(fen)}</span>
          </li>
        ))}
        <li className="receipt-sum">
          <span>{words.total}</span>
          <span className="figures">{words.yuan(revision.totalFen)}</span>
        </li>
      </ul>
      {AID.some((layer) => (revision.funds[layer] ?? 0) > 0) && <p className="soft small">{words.aidAtOnce}</p>}
      {revision.settlement !== null && <Steps settlement={revision.settlement} isOwn={isOwn} />}
    </div>
  )
}

const Steps = ({ settlement, isOwn }: { settlement: NonNullable<Revision['settlement']>; isOwn: boolean }) => {
  const words = useSettledWords()
  const pick = usePick()
  return (
    <details className="why">
      <summary>{isOwn ? words.whyOwn : words.why}</summary>
      <ol className="receipt" aria-label={words.why}>
        {settlement.steps.map((step, at) => (
          <li key={`${step.step}-${at}`}>
            <span>
              {pick(step)}
              {step.basis !== null && (
                <small className="soft breaks">{words.basis(isOwn ? null : step.source, step.basis)}</small>
              )}
              {!isOwn && <Inputs inputs={step.inputs} />}
            </span>
            <span className="figures">{words.yuan(step.amountFen)}</span>
          </li>
        ))}
      </ol>
      {!isOwn && (
        <p className="soft small breaks">
          {words.hash} {settlement.rulebookHash}
        </p>
      )}
    </details>
  )
}

const Inputs = ({ inputs }: { inputs: Readonly<Record<string, number | string>> }) => {
  const words = useSettledWords()
  const pick = usePick()
  const language = useLanguage()
  const shown = ([key, value]: [string, number | string]): string => {
    const name = INPUT_WORDS[key]
    return `${name === undefined ? key : pick(name)} ${inputText(key, value, language, words.yuan)}`
  }
  const entries = Object.entries(inputs)
  return entries.length === 0 ? null : <small className="soft figures breaks">{entries.map(shown).join(' · ')}</small>
}
