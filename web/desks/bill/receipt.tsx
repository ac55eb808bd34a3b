import type { Queries } from '../../api/api-types.ts'
import type { LineClass } from '../../../src/modules/payment/payment.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import './bill.css'
import { billWords, type BillWords } from './words.ts'

export type Bill = Queries['payment.bill']['answer']

const tones: Partial<Record<Bill['state'], ChipTone>> = {
  quoted: 'warning',
  declined: 'danger',
  settled: 'good',
  quoting: 'calm',
  collecting: 'warning',
  confirming: 'calm',
  returning: 'calm',
  withdrawing: 'calm',
}

/** Where a bill stands, in a word; `says` where the reader has plainer ones. */
export const BillState = ({
  bill: { state, words },
  says,
}: {
  bill: Pick<Bill, 'state' | 'words'>
  says?: Readonly<Record<Bill['state'], string>>
}) => {
  const pick = usePick()
  return <Chip tone={tones[state] ?? 'quiet'}>{says?.[state] ?? pick(words)}</Chip>
}

/** The lines of a bill like those of a receipt, and what their classes mean in plain words. */
export const ReceiptLines = ({ bill: { lines, totalFen }, isOwn = false }: { bill: Bill; isOwn?: boolean }) => {
  const words = useWordsOf(billWords)
  const classes = [...new Set(lines.map((line) => line.class))].toSorted() as LineClass[]
  return (
    <div className="stack tight">
      <ul className="receipt" aria-label={words.lines}>
        {lines.map((line) => (
          <li key={line.no}>
            <span>
              {line.zh}
              <span className="soft small">
                {words.kinds[line.kind]} · {words.classes[line.class]}
                {line.count > 1 && ` · ${words.times(line.priceFen, line.count)}`}
              </span>
              {!isOwn && line.fulfilledAt === null && line.releasedAt !== null && <Chip tone="good">{words.released}</Chip>}
              {line.fulfilledAt !== null && <Chip>{words.fulfilled}</Chip>}
            </span>
            <span className="figures">{words.yuan(line.amountFen)}</span>
          </li>
        ))}
        <li className="receipt-sum">
          <strong>{words.total}</strong>
          <strong className="figures">{words.yuan(totalFen)}</strong>
        </li>
      </ul>
      <ul className="soft small">
        {classes.map((one) => (
          <li key={one}>{words.classesMean[one]}</li>
        ))}
      </ul>
    </div>
  )
}

const partsOf = ({ split }: Bill, words: BillWords, isOwn: boolean): readonly (readonly [string, number])[] => {
  if (split === null) return []
  const { fundFen, accountFen, familyPoolFen, hospitalFen, cashFen } = split
  const always: readonly (readonly [string, number])[] = [[words.fund, fundFen]]
  const some = [
    [words.account, accountFen],
    [words.family, familyPoolFen],
    [words.hospital, hospitalFen],
  ] as const
  return [...always, ...some.filter(([, fen]) => fen > 0), [isOwn ? words.cash : words.cashOfPerson, cashFen]]
}

/** Who pays what, and why when it is opened. `isOwn`: the reader is the person. */
export const WhoPays = ({ bill, isOwn = false }: { bill: Bill; isOwn?: boolean }) => {
  const words = useWordsOf(billWords)
  if (bill.split === null) return null
  const parts = partsOf(bill, words, isOwn)
  return (
    <div className="stack tight">
      <h3>{words.who}</h3>
      <ul className="receipt" aria-label={words.who}>
        {parts.map(([name, fen], at) => (
          <li key={name} className={at === parts.length - 1 ? 'receipt-sum' : undefined}>
            <span>{name}</span>
            <span className="figures">{words.yuan(fen)}</span>
          </li>
        ))}
      </ul>
      <Why bill={bill} isOwn={isOwn} />
    </div>
  )
}

const Why = ({ bill: { split, totalFen, insuredType }, isOwn }: { bill: Bill; isOwn: boolean }) => {
  const words = useWordsOf(billWords)
  if (split === null) return null
  const { basis, funds } = split
  const less = basis
    ? ([
        [words.basisOwn, basis.own],
        [words.basisLimit, basis.overLimit],
        [words.basisFirst, basis.first],
      ] as const)
    : []
  return (
    <details className="why">
      <summary>{words.why}</summary>
      {isOwn && insuredType !== null && words.insured[insuredType] !== undefined && <p>{words.insured[insuredType]}</p>}
      {basis === null ? (
        <p>{words.noBasis}</p>
      ) : (
        <ol className="receipt">
          <Step name={words.basisTotal} fen={totalFen} />
          {less.map(([name, fen]) => fen > 0 && <Step key={name} name={name} fen={-fen} />)}
          <Step name={words.basisScope} fen={basis.inScope} isSum />
          {funds.map(({ code, fen }) => (
            <Step key={code} name={`${words.basisFunds}（${words.fundNames[code] ?? words.otherFund(code)}）`} fen={fen} />
          ))}
          <Step name={words.basisRest} fen={totalFen - split.fundFen - split.hospitalFen} isSum />
        </ol>
      )}
      <p className="soft small">{words.fromPlatform}</p>
    </details>
  )
}

const Step = ({ name, fen, isSum = false }: { name: string; fen: number; isSum?: boolean }) => {
  const words = useWordsOf(billWords)
  return (
    <li className={isSum ? 'receipt-sum' : undefined}>
      <span>{name}</span>
      <span className="figures">{words.yuan(fen)}</span>
    </li>
  )
}
