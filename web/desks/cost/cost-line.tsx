import { useState, type ReactNode } from 'react'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import './cost.css'
import { useCostSteps, type Cost, type CostAsk, type Costs } from './use-costs.ts'
import { costWords } from './words.ts'

type Way = Cost['referred']

const isSame = ({ difference }: Cost): boolean => difference?.lowFen === 0 && difference.highFen === 0

const WayLine = ({ way, known, unknown }: { way: Way; known: (range: { lowFen: number; highFen: number }) => string; unknown: string }) => {
  const pick = usePick()
  return <span>{way.isKnown ? known(way.person) : `${unknown}（${pick(way)}）`}</span>
} // prettier-ignore

/** What a stay would cost there, in a line or two: with a referral, without one, and what the referral saves. */
export const CostLine = ({ cost }: { cost: Cost }) => {
  const words = useWordsOf(costWords)
  const pick = usePick()
  const { referred, direct, difference } = cost
  if (!referred.isKnown && !direct.isKnown)
    return (
      <span className="cost-line">
        <span>{words.unknown}</span>
        <span className="soft small">{pick(referred)}</span>
      </span>
    )
  if (referred.isKnown && isSame(cost))
    return (
      <span className="cost-line">
        <span>
          {words.stay}，<strong>{words.pays(referred.person)}</strong>
        </span>
        <span className="soft small">{words.same}</span>
      </span>
    )
  return (
    <span className="cost-line">
      <span className="soft small">{words.stay}</span>
      <strong>
        <WayLine way={referred} known={words.referred} unknown={words.referredUnknown} />
      </strong>
      <WayLine way={direct} known={words.direct} unknown={words.directUnknown} />
      {difference !== null && difference.lowFen >= 0 && <span className="soft small">{words.saves(difference)}</span>}
    </span>
  )
}

/** How an estimate came about: the expected bill, whose rules, what was taken for granted, and every step of both ends. */
export const CostHow = ({ ask, cost, costs }: { ask: CostAsk; cost: Cost; costs: Costs }) => {
  const words = useWordsOf(costWords)
  const pick = usePick()
  const [isOpen, setOpen] = useState(false)
  const { bill } = cost
  if (bill === null) return null
  return (
    <details className="cost-how" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.how}</summary>
      <div className="stack tight">
        <ul className="bulleted small">
          <li>
            {words.bill(bill)}
            {words.billBy[bill.by]} · {words.basis(bill.basis)}
          </li>
          {costs.area !== null && costs.insured !== null && (
            <li>{words.insured(pick(costs.area), words.types[costs.insured])}</li>
          )}
          {cost.assumptions.map((one) => (
            <li key={one.code}>{pick(one)}</li>
          ))}
        </ul>
        {isOpen && <Steps ask={ask} place={cost.place} />}
      </div>
    </details>
  )
}

const Steps = ({ ask, place }: { ask: CostAsk; place: string }) => {
  const words = useWordsOf(costWords)
  const asked = useCostSteps(ask, place, true)
  const cost = asked.data?.places[0]
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (cost === undefined) return <Skeleton lines={4} />
  const ways = isSame(cost)
    ? ([[words.ways.both, cost.referred]] as const)
    : ([
        [words.ways.referred, cost.referred],
        [words.ways.direct, cost.direct],
      ] as const)
  return ways.map(([name, way]) => <StepsOfWay key={name} name={name} way={way} />)
}

const StepsOfWay = ({ name, way }: { name: string; way: Way }): ReactNode => {
  const words = useWordsOf(costWords)
  if (!way.isKnown || way.steps === null) return null
  return (
    <>
      <p className="small soft">{words.fund(way.fund)}</p>
      <StepList title={words.low(name)} steps={way.steps.low} />
      <StepList title={words.high(name)} steps={way.steps.high} />
    </>
  )
}

type Step = NonNullable<Extract<Way, { isKnown: true }>['steps']>['low'][number]

const StepList = ({ title, steps }: { title: string; steps: readonly Step[] }) => {
  const words = useWordsOf(costWords)
  const pick = usePick()
  return (
    <section className="stack tight">
      <p className="small">
        <strong>{title}</strong>
      </p>
      <ol className="cost-steps" aria-label={title}>
        {steps.map((step, at) => (
          <li key={`${step.step}-${at}`}>
            <span>
              {pick(step)}
              {step.basis !== null && <span className="soft small">{words.basis(step.basis)}</span>}
            </span>
            <span className="figures">{words.fen(step.amountFen)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The price of a place with its how; nothing while it cannot be asked, as without a network. */
export const CostAt = ({ ask, place, costs, isPending }: { ask: CostAsk; place: string; costs: Costs | undefined; isPending: boolean }) => {
  const words = useWordsOf(costWords)
  const cost = costs?.places.find((one) => one.place === place)
  if (isPending) return <p className="soft small">{words.asking}</p>
  if (costs === undefined || cost === undefined) return null
  return (
    <div className="cost-at">
      <CostLine cost={cost} />
      <CostHow ask={ask} cost={cost} costs={costs} />
    </div>
  )
} // prettier-ignore
