import { useId, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { usePick } from '../../../words/language.tsx'
import { QuotaBar, type Quota } from './quota-bar.tsx'
import { SlotsPanel } from './slots-panel.tsx'
import { useQuotaWords } from './words.ts'

const BASIS_POINTS_A_PERCENT = 100

const percentWords = (share: number): string => `${Math.round(share / 10) / (BASIS_POINTS_A_PERCENT / 10)}%`

/** One service on one day: bar, figures, the clause when asked for, and its slots when opened. */
export const QuotaRow = ({ quota, org, name, mayAct }: { quota: Quota; org: string; name: string; mayAct: boolean }) => {
  const words = useQuotaWords()
  const pick = usePick()
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const kind = words.kinds[quota.unitKind === 'visit' ? quota.kind : quota.unitKind]
  const service = quota.service === null ? null : pick(quota.service)
  const isBelow = quota.isLaw && quota.reserved < quota.least
  return (
    <li className="quota-row">
      <div className="along apart">
        <h2 id={id}>
          {name} · {kind}
          {service !== null && ` · ${service}`}
        </h2>
        <span className="along small">
          <span className="soft figures">
            {words.capacity(quota.capacity)} · {words.slots(quota.slots)}
          </span>
          {quota.stopped > 0 && <Chip tone="quiet">{words.stopped(quota.stopped)}</Chip>}
          {quota.released > 0 && <Chip tone="calm">{words.released(quota.released)}</Chip>}
          {isBelow && <Chip tone="danger">{words.below}</Chip>}
        </span>
      </div>
      <QuotaBar quota={quota} />
      <dl className="quota-figures small">
        <div>
          <dt>{words.shares.reserved}</dt>
          <dd className="figures">{words.reserve(quota.reserved, quota.usedReserved, quota.lent)}</dd>
        </div>
        <div>
          <dt>{words.shares.emergency}</dt>
          <dd className="figures">{words.share(quota.emergency, quota.usedEmergency)}</dd>
        </div>
        <div>
          <dt>{words.shares.open}</dt>
          <dd className="figures">{words.share(quota.open, quota.usedOpen)}</dd>
        </div>
      </dl>
      <div className="quota-acts">
        <Why quota={quota} />
        <Button tone="quiet" small aria-expanded={isOpen} aria-describedby={id} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? words.hideDetail : words.detail}
        </Button>
      </div>
      {isOpen && <SlotsPanel quota={quota} org={org} mayAct={mayAct} title={`${name} ${kind}`} />}
    </li>
  )
}

const Why = ({ quota }: { quota: Quota }) => {
  const words = useQuotaWords()
  const share = percentWords(quota.share)
  const sentence = quota.isLaw
    ? words.whyLaw(share, quota.capacity, quota.least)
    : quota.share === 0
      ? words.whyNone
      : words.whyOwn(share, quota.capacity, quota.least)
  return (
    <details className="quota-why small">
      <summary>
        {quota.isLaw ? words.legal(quota.least) : words.proposed(quota.least)} · {words.why}
      </summary>
      <p>{sentence}</p>
      <p className="soft">{quota.clause}</p>
    </details>
  )
}
