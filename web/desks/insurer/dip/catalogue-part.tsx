import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { DecideActs } from '../decide-acts.tsx'
import { GroupsCard } from './groups.tsx'
import { useDipWords } from './words.ts'
import type { Catalogues } from './year-part.tsx'

type Catalogue = Catalogues[number]
const YEARS_BACK = 3
const WHOLE = 10_000
const DIGITS = 4
const POINTS_A_PERCENT = 100
const HASH_SHOWN = 12
const TONES = { draft: 'warning', published: 'good', dropped: 'quiet' } as const

/** Catalogues by year; the chosen one with its terms, its levels and its groups. */
export const CataloguePart = ({ catalogues }: { catalogues: Catalogues }) => {
  const words = useDipWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const one = catalogues.find(({ id }) => id === chosen) ?? catalogues.find(({ state }) => state !== 'dropped') ?? catalogues[0]
  if (one === undefined) return null
  return (
    <div className="stack">
      <div className="dip-fields">
        <Select
          label={words.catalogueTab}
          choices={catalogues.map(({ id, year, state }) => ({
            value: id,
            label: `${words.catalogueOf(year)} · ${words.catalogueStates[state]}`,
          }))}
          value={one.id}
          onChange={setChosen}
        />
      </div>
      <Terms catalogue={one} />
      <GroupsCard key={one.id} catalogue={one} />
    </div>
  )
}

const Terms = ({ catalogue }: { catalogue: Catalogue }) => {
  const words = useDipWords()
  const enters = useActor().role === 'insurer'
  const { yearWeights, casesMin, base } = catalogue.terms.catalogue
  return (
    <Card
      title={words.catalogueOf(catalogue.year)}
      aside={enters && catalogue.state === 'draft' && <Decide catalogue={catalogue} />}
    >
      <div className="stack">
        <Facts
          facts={[
            [words.state, <Chip key="state" tone={TONES[catalogue.state]}>{words.catalogueStates[catalogue.state]}</Chip>], // prettier-ignore
            [words.cases, catalogue.cases.toLocaleString()],
            [words.groups, `${catalogue.groups}（${words.core} ${catalogue.core}）`],
            [words.cut, `${(catalogue.cut / POINTS_A_PERCENT).toFixed(2)}%`],
            [words.mean, words.yuan(catalogue.meanFen)],
            [words.point, words.yuan(catalogue.pointFen)],
            [words.terms, words.termsText(yearWeights.join(':'), casesMin, base)],
            [words.hash, <span key="hash" className="dip-code">{catalogue.hash.slice(0, HASH_SHOWN)}</span>], // prettier-ignore
            ...(catalogue.decidedBecause === null ? [] : [[words.decidedBecause, catalogue.decidedBecause] as const]),
          ]}
        />
        <div className="wide-table">
          <DataTable
            caption={words.tableOf(words.levels)}
            columns={[
              { key: 'level', title: words.level, cell: ({ level }: Catalogue['levels'][number]) => words.levelNo(level) },
              { key: 'cases', title: words.cases, numeric: true, cell: ({ cases }) => cases.toLocaleString() },
              { key: 'mean', title: words.mean, numeric: true, cell: ({ meanFen }) => words.yuan(meanFen) },
              {
                key: 'coefficient',
                title: words.coefficient,
                numeric: true,
                cell: ({ coefficient }) => (coefficient / WHOLE).toFixed(DIGITS),
              },
            ]}
            rows={catalogue.levels}
            idOf={({ level }) => String(level)}
          />
        </div>
      </div>
    </Card>
  )
}

const Decide = ({ catalogue: { id, isOwn } }: { catalogue: Catalogue }) => {
  const words = useDipWords()
  const decide = useCommand('fund.decide-dip-catalogue')
  return (
    <DecideActs
      isOwn={isOwn}
      words={{ own: words.ownNote, reason: words.reason, missing: words.reasonMissing }}
      yes={{ act: words.publish, title: words.publishTitle, why: words.publishWhy }}
      no={{ act: words.drop, title: words.dropTitle, why: words.dropWhy }}
      running={decide}
      onDecide={(isYes, why, close) =>
        decide.mutate({ catalogue: id, decision: isYes ? 'publish' : 'drop', why }, { onSuccess: close })
      }
    />
  )
}

/** Builds the draft of a year's catalogue. */
export const BuildCatalogue = ({ onBuilt }: { onBuilt: () => void }) => {
  const words = useDipWords()
  const toast = useToast()
  const { data } = useApi('fund.dip-year', {})
  const build = useCommand('fund.build-dip-catalogue')
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  if (data === undefined) return null
  const years = [data.year + 1, data.year, data.year - 1]
  const year = Number(typed ?? years[0])
  const submit = () =>
    build.mutate(
      { year },
      {
        onSuccess: ({ groups }) => {
          toast({ text: words.built(groups) })
          setOpen(false)
          onBuilt()
        },
      },
    )
  return (
    <>
      <Button icon="plus" tone="primary" onClick={() => setOpen(true)}>
        {words.build}
      </Button>
      <Dialog
        title={words.buildTitle(year)}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
            <Button tone="primary" busy={build.isPending} onClick={submit}>
              {words.build}
            </Button>
          </>
        }
      >
        <div className="stack">
          <Select
            label={words.buildYear}
            choices={years.map((one) => ({ value: String(one), label: String(one) }))}
            value={String(year)}
            onChange={setTyped}
          />
          <p>{words.buildWhy(year - YEARS_BACK, year - 1)}</p>
          {build.error !== null && <ErrorNote error={build.error} />}
        </div>
      </Dialog>
    </>
  )
}
