import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useKeeper } from '../../api/keeper.tsx'
import { askAndKeep } from '../../api/use-api.ts'
import { Chip } from '../../ui/chip.tsx'
import { LinkRow, List } from '../../ui/list.tsx'
import { usePick } from '../../words/language.tsx'
import type { Row } from './case-row.tsx'
import { useWaitingWords } from './waiting-words.ts'

const asked = 'continuity.of-case'
/** Each row is a look at a record, so no more than stand in sight are asked for. */
const rowsMost = 20

/** Steps of rehabilitation plans that are past their day, of the patients who are back with me; nothing when there are none. */
export const OverdueSteps = ({ rows }: { rows: readonly Row[] }) => {
  const words = useWaitingWords()
  const pick = usePick()
  const memory = useQueryClient()
  const keeper = useKeeper()
  const looked = rows.slice(0, rowsMost)
  const plans = useQueries({
    queries: looked.map(({ id }) => ({
      queryKey: [asked, { referral: id }],
      queryFn: ({ signal }: { signal: AbortSignal }) => askAndKeep(memory, keeper, asked, { referral: id }, signal),
      meta: { follows: ['continuity', 'referral'] },
    })),
  })
  const late = looked.flatMap((row, at) => {
    const plan = plans[at]?.data?.plan
    const steps = plan == null || plan.endedAt !== null ? [] : plan.steps.filter(({ state }) => state === 'overdue')
    return steps.length === 0 ? [] : [{ row, steps }]
  })
  if (late.length === 0) return null
  return (
    <section className="stack tight" aria-label={words.overdue}>
      <h2>{words.overdue}</h2>
      <List label={words.overdue}>
        {late.map(({ row, steps }) => (
          <LinkRow
            key={row.id}
            to={`/village/cases/${row.id}`}
            title={
              <span className="along">
                {pick(row.person.name)} <Chip tone="danger">{steps.length}</Chip>
              </span>
            }
            lines={steps.map((step) => words.overdueStep(step.dueOn, pick(step.words))).join(' · ')}
          />
        ))}
      </List>
    </section>
  )
}
