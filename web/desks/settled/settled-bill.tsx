import { useState } from 'react'
import type { Named } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { ReasonedAct } from '../cashier/reason-dialog.tsx'
import { usePick } from '../../words/language.tsx'
import { BillHits } from './bill-hits.tsx'
import { InstitutionPaid } from './institution-paid.tsx'
import './settled.css'
import { WhoPaid, type SettledBill } from './who-paid.tsx'
import { useSettledWords } from './words.ts'

const tones: Readonly<Record<string, ChipTone>> = {
  settled: 'good',
  adjusted: 'calm',
  'to-settle-again': 'warning',
  reversed: 'quiet',
}

export const StateChip = ({ state }: { state: string }) => {
  const words = useSettledWords()
  return <Chip tone={tones[state] ?? 'quiet'}>{words.states[state] ?? state}</Chip>
}

type Opening = { readonly org: string; readonly id: string }

/** A settled bill whole: who pays what with every step, lines, what the year had seen, its outcomes and its postings. */
export const SettledBillCards = ({ org: ofOrg, id: ofId }: Opening) => {
  const words = useSettledWords()
  const [earlier, setEarlier] = useState<Opening | null>(null)
  const { org, id } = earlier ?? { org: ofOrg, id: ofId }
  const { data, error, refetch } = useApi('settlement.bill', { org, bill: id })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return (
    <div className="stack">
      {earlier !== null && (
        <div className="along">
          <Button onClick={() => setEarlier(null)}>{words.backToLater}</Button>
        </div>
      )}
      <Outcome bill={data} onOpen={setEarlier} />
      <Changed bill={data} />
      <BillHits org={org} bill={id} />
      <InstitutionPaid org={org} bill={id} isStanding={['settled', 'adjusted'].includes(data.revisions[0]?.kind ?? '')} />
      <Lines bill={data} />
      <Postings bill={data} />
    </div>
  )
}

const Outcome = ({ bill, onOpen }: { bill: SettledBill; onOpen: (bill: Opening) => void }) => {
  const words = useSettledWords()
  const pick = usePick()
  const [newest] = bill.revisions
  const { before } = bill
  if (newest === undefined) return null
  return (
    <Card title={bill.billNo} aside={<StateChip state={newest.kind} />} held>
      <div className="stack">
        <Facts
          facts={[
            [words.institution, pick(bill.place)],
            [words.settledOn, bill.day],
            [words.care, words.cares[bill.care] ?? bill.care],
            [words.level, words.levels[bill.level] ?? bill.level],
            [words.rules, `${pick(bill.areaName)} · ${words.insured[bill.insured] ?? bill.insured}`],
            [words.whose, bill.person],
          ]}
        />
        {bill.chain.map((stay) => (
          <p key={stay.bill} className="along">
            <span>
              {words.chain}：{stay.day} · {pick(stay.place)}
            </span>
            <Button onClick={() => onOpen({ org: stay.org, id: stay.bill })}>{stay.billNo}</Button>
          </p>
        ))}
        <WhoPaid revision={newest} />
        {bill.settlesTheSame !== null && <p className="soft small">{bill.settlesTheSame ? words.same : words.notSame}</p>}
        <details className="why">
          <summary>{words.before}</summary>
          <Facts
            facts={[
              [words.beforeNames['deductiblePaidFen'] ?? '', words.yuan(before.deductiblePaidFen)],
              [words.beforeNames['fundPaidFen'] ?? '', words.yuan(before.fundPaidFen)],
              [words.beforeNames['inScopeFen'] ?? '', words.yuan(before.before.inScopeFen)],
              [words.beforeNames['stays'] ?? '', words.times(before.earlierLevels?.length ?? 0)],
            ]}
          />
        </details>
        <Added bill={bill} />
        <Reverse bill={bill} state={newest.kind} />
      </div>
    </Card>
  )
}

/** What a bill adds to the person’s year as it stands. */
const Added = ({ bill: { added } }: { bill: SettledBill }) => {
  const words = useSettledWords()
  if (added === null) return null
  const sums = (['deductibleFen', 'inScopeFen', 'basicFen'] as const).map(
    (key) => [words.addedNames[key] ?? key, words.yuan(added[key])] as const,
  )
  const layers = Object.entries(added.layers).map(
    ([layer, [baseFen, paidFen]]) =>
      [words.addedLayer(words.funds[layer] ?? layer), `${words.yuan(baseFen)} / ${words.yuan(paidFen)}`] as const,
  )
  return (
    <details className="why">
      <summary>{words.added}</summary>
      <Facts facts={[...sums, ...layers]} />
    </details>
  )
}

/** What an adjustment changed: each part as it was and as it is, side by side. */
const Changed = ({ bill: { revisions } }: { bill: SettledBill }) => {
  const words = useSettledWords()
  const [now, was] = revisions
  if (now?.kind !== 'adjusted' || was === undefined) return null
  const names = [...new Set([...Object.keys(was.funds), ...Object.keys(now.funds)])]
  const rows = [
    ...names.map((fund) => ({ name: words.funds[fund] ?? fund, was: was.funds[fund] ?? 0, now: now.funds[fund] ?? 0 })),
    { name: words.accountPays, was: was.accountFen, now: now.accountFen },
    { name: words.cash, was: was.cashFen, now: now.cashFen },
  ].filter((row) => row.was !== 0 || row.now !== 0)
  return (
    <Card title={words.changed}>
      <p className="soft">{words.changedWhy}</p>
      <DataTable
        caption={words.tableOf(words.changed)}
        columns={[
          { key: 'name', title: words.account, cell: ({ name }: (typeof rows)[number]) => name },
          { key: 'was', title: words.wasFen, numeric: true, cell: (row) => words.yuan(row.was) },
          { key: 'now', title: words.nowFen, numeric: true, cell: (row) => words.yuan(row.now) },
          { key: 'by', title: words.byFen, numeric: true, cell: (row) => words.yuan(row.now - row.was) },
        ]}
        rows={rows}
        idOf={({ name }) => name}
      />
    </Card>
  )
}

const Reverse = ({ bill: { org, bill }, state }: { bill: SettledBill; state: string }) => {
  const words = useSettledWords()
  const toast = useToast()
  const { institution } = useActor()
  const reverse = useCommand('settlement.reverse')
  if (institution?.id !== org || state === 'reversed') return null
  return (
    <div className="along">
      <ReasonedAct
        words={{
          act: words.reverse,
          title: words.reverseTitle,
          why: words.reverseWhy,
          label: words.reason,
          missing: words.reasonMissing,
        }}
        running={reverse}
        onDone={(reason, close) =>
          reverse.mutate(
            { org, bill, reason },
            {
              onSuccess: () => {
                close()
                toast({ text: words.reversed })
              },
            },
          )
        }
      />
    </div>
  )
}

const Lines = ({ bill: { claim, lines } }: { bill: SettledBill }) => {
  const words = useSettledWords()
  const rows = claim.lines.map((line, at) => ({ at: String(at), line, part: lines[at] }))
  type Row = (typeof rows)[number]
  const names = { ownPayFen: words.ownPay, overLimitFen: words.overLimit, preSelfFen: words.preSelf }
  const fen = (of: number | undefined): string => (of === undefined ? '—' : words.yuan(of))
  return (
    <Card title={words.lines}>
      <DataTable
        caption={words.tableOf(words.lines)}
        columns={[
          {
            key: 'item',
            title: words.item,
            cell: ({ at, line }: Row) => (
              <span className="stack tight">
                <span>{line.zh ?? line.name ?? line.category ?? Number(at) + 1}</span>
                {line.code !== undefined && <span className="soft small breaks">{line.code}</span>}
              </span>
            ),
          },
          {
            key: 'class',
            title: words.listClass,
            cell: ({ line }) => (line.list === undefined ? '—' : (words.classes[line.list] ?? line.list)),
          },
          { key: 'amount', title: words.amount, numeric: true, cell: ({ line }) => words.yuan(line.amountFen) },
          // What no line has takes no room: the fees in scope stay in sight.
          ...(['ownPayFen', 'overLimitFen', 'preSelfFen'] as const)
            .filter((key) => lines.some((part) => part[key] > 0))
            .map((key) => ({ key, title: names[key], numeric: true, cell: ({ part }: Row) => fen(part?.[key]) })),
          { key: 'in', title: words.inScope, numeric: true, cell: ({ part }) => fen(part?.inScopeFen) },
        ]}
        rows={rows}
        idOf={({ at }) => at}
      />
    </Card>
  )
}

/** Every outcome that the bill had, the newest first, with the transfer that brought it about. */
const Postings = ({ bill }: { bill: SettledBill }) => {
  const words = useSettledWords()
  return (
    <Card title={words.postings}>
      <div className="stack">
        <p className="soft">{words.postingsWhy}</p>
        {bill.revisions.map((one) => {
          const transfer = bill.transfers.find(({ revision }) => revision === one.no)
          return (
            <section key={one.no} className="stack tight">
              <h3>
                {words.revision(one.no, one.kind)} · {one.on}
              </h3>
              {one.reason !== null && (
                <p>
                  {words.reason}：{one.reason}
                </p>
              )}
              {transfer !== undefined && (
                <ul className="receipt" aria-label={words.revision(one.no, one.kind)}>
                  {transfer.accounts.map((account, at) => (
                    <li key={account}>
                      <span>
                        <AccountName
                          account={account}
                          areas={{ [`${bill.area} ${bill.insured}`]: bill.areaName }}
                          places={{ [bill.org]: bill.place }}
                        />
                      </span>
                      <span className="figures">{words.yuan(transfer.fen[at] ?? 0)}</span>
                    </li>
                  ))}
                  <li className="receipt-sum">
                    <span>{words.zero}</span>
                  </li>
                </ul>
              )}
            </section>
          )
        })}
      </div>
    </Card>
  )
}

type Names = Readonly<Record<string, Named>>

/** An account of the books in words: `fund:changsha/residents/basic` is the basic fund of Changsha’s residents. */
export const AccountName = ({ account, areas, places }: { account: string; areas: Names; places: Names }) => {
  const words = useSettledWords()
  const pick = usePick()
  const [kind = '', rest = ''] = account.split(':')
  const [area, insured, fund] = rest.split('/')
  const named = areas[`${area} ${insured}`]
  if (kind === 'fund')
    return `${words.funds[fund ?? ''] ?? fund ?? ''} · ${named === undefined ? (area ?? '') : pick(named)} ${words.insured[insured ?? ''] ?? ''}`
  const place = kind === 'institution' ? places[rest] : undefined
  return `${words.accounts[kind] ?? kind}${rest === '' ? '' : ` ${place === undefined ? rest : pick(place)}`}`
}
