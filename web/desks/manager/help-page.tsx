import { useState } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { useManagerWords } from './words.ts'

type Tree = Queries['organisations.paired-help-tree']['answer']
type Plan = Tree['plans'][number]

const province = '430000000000'
/** The first pilot, where the page begins. */
const firstShown = '430300000000'

/** Who helps whom, level by level, how far the year's aims are, and which counties nobody helps. */
export const HelpPage = () => {
  const words = useManagerWords()
  const [division, setDivision] = useState(firstShown)
  const divisions = useApi('organisations.divisions', { parent: province })
  const asked = useApi('organisations.paired-help-tree', { division })
  const choices = [
    { value: province, label: words.help.wholeProvince },
    ...(divisions.data?.divisions ?? []).map(({ code, zh }) => ({ value: code, label: zh })),
  ]
  return (
    <Page
      title={words.help.title}
      lead={words.help.lead}
      acts={
        <Link className="button" to="/overview/registers/organisations.help-plan">
          {words.help.toPlans}
        </Link>
      }
    >
      <div className="register-narrow">
        <Select label={words.help.division} choices={choices} value={division} onChange={setDivision} />
      </div>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined ? asked.error === null && <Skeleton lines={8} /> : <Whole tree={asked.data} />}
    </Page>
  )
}

const Whole = ({ tree }: { tree: Tree }) => {
  const words = useManagerWords()
  const roots = rootsOf(tree)
  return (
    <div className="help-beside">
      <section className="stack" aria-label={words.help.treeLabel}>
        {roots.length === 0 ? (
          <EmptyState kind="none" title={words.help.none} why={words.help.noneWhy} />
        ) : (
          roots.map((helper) => (
            <Card key={helper}>
              <Helper tree={tree} helper={helper} isRoot />
            </Card>
          ))
        )}
      </section>
      <div className="stack">
        <Gaps tree={tree} />
        <Sent tree={tree} />
      </div>
    </div>
  )
}

/** Whoever helps and is not helped within what is shown, the highest level first. */
const rootsOf = ({ plans, places }: Tree): string[] => {
  const helped = new Set(plans.map((plan) => plan.helped))
  const height = ['province', 'city', 'county', 'regional-centre', 'township', 'village']
  const tierOf = (id: string) => height.indexOf(places.find((place) => place.id === id)?.tier ?? 'village')
  return [...new Set(plans.map(({ helper }) => helper))].filter((id) => !helped.has(id)).toSorted((a, b) => tierOf(a) - tierOf(b))
}

const Helper = ({ tree, helper, isRoot = false }: { tree: Tree; helper: string; isRoot?: boolean }) => {
  const words = useManagerWords()
  const pick = usePick()
  const place = tree.places.find(({ id }) => id === helper)
  const plans = tree.plans.filter((plan) => plan.helper === helper)
  return (
    <>
      {isRoot && place !== undefined && (
        <h2 className="help-root">
          {pick(place.name)} <span className="soft small">{words.tiers[place.tier]}</span>
        </h2>
      )}
      {plans.length > 0 && (
        <ul className="help-tree">
          {plans.map((plan) => (
            <li key={plan.entry}>
              <Helped tree={tree} plan={plan} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const Helped = ({ tree, plan }: { tree: Tree; plan: Plan }) => {
  const words = useManagerWords()
  const pick = usePick()
  const place = tree.places.find(({ id }) => id === plan.helped)
  const done = plan.aims.filter(({ state }) => state === 'done').length
  // Whoever is helped by several helps others only once.
  const isFirst = tree.plans.find(({ helped }) => helped === plan.helped)?.entry === plan.entry
  const isLate = plan.aims.some(({ state }) => state === 'late')
  return (
    <>
      <details className="help-plan">
        <summary>
          <span>{place === undefined ? plan.helped : pick(place.name)}</span>{' '}
          <span className="soft small">{place && words.tiers[place.tier]}</span>{' '}
          <Chip tone={plan.type === 'team' ? 'baton' : 'calm'}>{words.help.types[plan.type]}</Chip>{' '}
          <Chip tone={isLate ? 'danger' : done === plan.aims.length ? 'good' : 'quiet'}>
            {words.help.aims(done, plan.aims.length)}
          </Chip>
        </summary>
        <div className="small stack tight">
          <p className="soft figures">{words.period(plan.from, plan.until)}</p>
          <ul>
            {plan.aims.map(({ text, unit, target, reached, state }) => (
              <li key={text}>
                {text}:<span className="figures">{words.help.reached(reached ?? 0, target, unit)}</span> · {words.progress[state]}
              </li>
            ))}
          </ul>
          {plan.document && <p>{plan.link ? <a href={plan.link}>{plan.document}</a> : plan.document}</p>}
        </div>
      </details>
      {isFirst && <Helper tree={tree} helper={plan.helped} />}
    </>
  )
}

const Gaps = ({ tree }: { tree: Tree }) => {
  const words = useManagerWords()
  return (
    <Card title={words.help.gaps} held={tree.gaps.length > 0}>
      <div className="stack tight">
        <p>{words.help.gapCount(tree.gaps.length, tree.counties)}</p>
        <ul className="along">
          {tree.gaps.map(({ code, zh }) => (
            <li key={code}>
              <Chip tone="warning">{zh}</Chip>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}

const Sent = ({ tree }: { tree: Tree }) => {
  const words = useManagerWords()
  return (
    <Card
      title={words.help.sent}
      aside={
        <Link className="small" to="/overview/registers/organisations.dispatch">
          {words.governance.toRegister}
        </Link>
      }
    >
      {tree.dispatches.length === 0 ? (
        <p className="soft">{words.help.nobodySent}</p>
      ) : (
        <ul className="stack tight">
          {tree.dispatches.map(({ mode, people, days }) => (
            <li key={mode} className="along apart">
              <span>{words.help.modes[mode]}</span>
              <span className="figures">{words.help.peopleDays(people, days)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
