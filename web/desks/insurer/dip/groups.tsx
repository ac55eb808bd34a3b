import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextArea, TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { Explained } from './steps.tsx'
import { useDipWords } from './words.ts'
import type { Catalogues } from './year-part.tsx'

type Group = Queries['fund.dip-groups']['answer']['groups'][number]
type Opened = Queries['fund.dip-group']['answer']
type Catalogue = Catalogues[number]
const WHOLE = 10_000
const DIGITS = 4
const REASON_LEAST = 2
const PRICINGS = ['level', 'basic-level', 'tcm-advantage'] as const

/** The groups of a catalogue, found by code or name; one opens where its score comes from. */
export const GroupsCard = ({ catalogue }: { catalogue: Catalogue }) => {
  const words = useDipWords()
  const [text, setText] = useState('')
  const [after, setAfter] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const said = text.trim()
  const asked = { catalogue: catalogue.id, ...(said === '' ? {} : { text: said }), ...(after === '' ? {} : { after }) }
  const { data, error, refetch } = useApi('fund.dip-groups', asked)
  return (
    <Card title={words.groups}>
      <div className="stack">
        <TextField
          label={words.search}
          hint={words.searchHint}
          type="search"
          maxLength={40}
          value={text}
          onChange={(typed) => {
            setText(typed)
            setAfter('')
          }}
        />
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && <Skeleton lines={6} />}
        {data?.groups.length === 0 && <EmptyState kind="none" title={words.noGroups} />}
        {data !== undefined && data.groups.length > 0 && (
          <div className="wide-table">
            <GroupsTable groups={data.groups} open={open} onOpen={setOpen} />
          </div>
        )}
        <div className="along">
          {after !== '' && <Button onClick={() => setAfter('')}>{words.first}</Button>}
          {data?.more === true && <Button onClick={() => setAfter(data.groups.at(-1)?.key ?? '')}>{words.more}</Button>}
        </div>
      </div>
      {open !== null && <GroupDialog catalogue={catalogue} of={open} onClose={() => setOpen(null)} />}
    </Card>
  )
}

type TableProps = { groups: readonly Group[]; open: string | null; onOpen: (key: string) => void }
const GroupsTable = ({ groups, open, onOpen }: TableProps) => {
  const words = useDipWords()
  return (
    <DataTable
      caption={words.tableOf(words.groups)}
      columns={[
        {
          key: 'name',
          title: words.disease,
          cell: ({ zh, key }: Group) => (
            <span className="stack tight">
              {zh}
              <small className="dip-code soft">{key}</small>
            </span>
          ),
        },
        { key: 'kind', title: words.kind, cell: ({ kind }) => words[kind] },
        { key: 'price', title: words.price, cell: ({ pricing }) => words.pricings[pricing] },
        {
          key: 'cases',
          title: words.cases,
          numeric: true,
          cell: ({ cases }) => cases.reduce((sum, one) => sum + one, 0).toLocaleString(),
        },
        { key: 'mean', title: words.mean, numeric: true, cell: ({ meanFen }) => words.yuan(meanFen) },
        { key: 'score', title: words.points, numeric: true, cell: ({ scoreE4 }) => words.score(scoreE4) },
      ]}
      rows={groups}
      idOf={({ key }) => key}
      openId={open}
      onOpen={({ key }) => onOpen(key)}
    />
  )
}

const GroupDialog = ({ catalogue, of, onClose }: { catalogue: Catalogue; of: string; onClose: () => void }) => {
  const words = useDipWords()
  const mayPrice = useActor().role === 'insurer' && catalogue.state === 'draft'
  const { data, error } = useApi('fund.dip-group', { catalogue: catalogue.id, key: of })
  return (
    <Dialog title={data?.zh ?? of} open onClose={onClose} actions={<Button onClick={onClose}>{words.close}</Button>}>
      {error !== null && <ErrorNote error={error} />}
      {error === null && data === undefined && <Skeleton lines={6} />}
      {data !== undefined && (
        <div className="stack">
          <Facts
            facts={[
              [words.groups, <span key="key" className="dip-code">{data.key}</span>], // prettier-ignore
              [words.kind, words[data.kind]],
              [words.points, words.score(data.scoreE4)],
              [words.price, words.pricings[data.pricing]],
              ...(data.uplift === WHOLE ? [] : [[words.uplift, (data.uplift / WHOLE).toFixed(DIGITS)] as const]),
              ...(data.pricingBecause === null ? [] : [[words.because, data.pricingBecause] as const]),
            ]}
          />
          <div className="wide-table">
            <DataTable
              caption={words.pricesAt}
              columns={[
                { key: 'level', title: words.level, cell: ({ level }: Opened['prices'][number]) => words.levelNo(level) },
                {
                  key: 'coefficient',
                  title: words.coefficient,
                  numeric: true,
                  cell: ({ coefficient }) => (coefficient / WHOLE).toFixed(DIGITS),
                },
                { key: 'fen', title: words.standard, numeric: true, cell: ({ fen }) => words.yuan(fen) },
              ]}
              rows={data.prices}
              idOf={({ level }) => String(level)}
            />
          </div>
          <Explained steps={data.steps} open>
            {words.how}
          </Explained>
          {mayPrice && <Price key={data.pricing} catalogue={catalogue.id} group={data} />}
        </div>
      )}
    </Dialog>
  )
}

const Price = ({ catalogue, group }: { catalogue: string; group: Opened }) => {
  const words = useDipWords()
  const toast = useToast()
  const price = useCommand('fund.price-dip-group')
  const [pricing, setPricing] = useState(group.pricing)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = why.trim().length < REASON_LEAST
  const submit = () => {
    setTried(true)
    if (isMissing) return
    price.mutate({ catalogue, key: group.key, pricing, why: why.trim() }, { onSuccess: () => toast({ text: words.priceDone }) })
  }
  return (
    <div className="stack">
      <h3>{words.priceAct}</h3>
      <Select
        label={words.price}
        choices={PRICINGS.map((value) => ({ value, label: words.pricings[value] }))}
        value={pricing}
        onChange={setPricing}
      />
      <TextArea
        label={words.because}
        required
        maxLength={200}
        error={tried && isMissing ? words.reasonMissing : undefined}
        value={why}
        onChange={setWhy}
      />
      {price.error !== null && <ErrorNote error={price.error} />}
      <div className="along">
        <Button tone="primary" busy={price.isPending} onClick={submit}>
          {words.priceSave}
        </Button>
      </div>
    </div>
  )
}
