import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { usePick, useWordsOf } from '../../../words/language.tsx'
import { useAmounts } from '../worked-out.tsx'
import { Explained } from './steps.tsx'

type Hospital = Queries['fund.dip-supervision']['answer']['hospitals'][number]
const DIRECTORIES = ['cheap', 'long', 'death', 'again', 'record'] as const
type Directory = (typeof DIRECTORIES)[number]

const words = {
  zh: {
    title: '违规监管目录',
    why: '费用低得多、住院长得多、死亡、出院后短期内又回到同一医院、首页自相矛盾的病例,按例计分除以病例数;供监管和年终考核参考,不直接扣款。',
    table: '各机构监管指数（表）',
    hospital: '机构',
    cases: '病例',
    cheap: '低标入院',
    long: '超长住院',
    death: '死亡风险',
    again: '二次入院',
    record: '病案质量',
    unnamed: '病例没有人员代码,无法判断',
    stepsOf: (place: string) => `${place}:各项怎么来的`,
    marked: (index: string, count: string) => `${index} · ${count} 例`,
  },
  en: {
    title: 'Directory of supervision',
    why: 'Stays far cheaper or longer than their group, deaths, returns to the same hospital soon after leaving, and front pages that contradict themselves: marks over all stays. For supervision and the yearly assessment; nothing is paid or taken by them alone.',
    table: 'Indexes of each hospital (table)',
    hospital: 'Hospital',
    cases: 'Cases',
    cheap: 'Too cheap',
    long: 'Too long',
    death: 'Deaths',
    again: 'Readmitted',
    record: 'Records',
    unnamed: ' no stay says whose it is, so it cannot be told',
    stepsOf: (place: string) => `${place}: where each comes from`,
    marked: (index: string, count: string) => `${index} · ${count} stays`,
  },
}

/** How each hospital’s year stands by the directory of supervision, for who looks over all of them. */
export const SupervisionCard = ({ year }: { year: number }) => {
  const own = useWordsOf(words)
  const pick = usePick()
  const { percent, count } = useAmounts()
  const { role } = useActor()
  const isAsked = role === 'insurer' || role === 'health-bureau'
  const [open, setOpen] = useState<string | null>(null)
  const { data } = useApi('fund.dip-supervision', { year }, { enabled: isAsked })
  if (!isAsked || data === undefined || data.hospitals.length === 0) return null
  const shown = data.hospitals.find(({ org }) => org === open) ?? data.hospitals[0]
  const said = (row: Hospital, key: Directory) =>
    key === 'again' && row.named === 0 ? '—' : own.marked(percent(row[key].index), count(row[key].marked))
  return (
    <Card title={own.title}>
      <div className="stack">
      <p className="soft">{own.why}</p>
      <div className="wide-table">
        <DataTable
          caption={own.table}
          columns={[
            { key: 'hospital', title: own.hospital, width: '14rem', cell: (row: Hospital) => pick(row.place) },
            { key: 'cases', title: own.cases, numeric: true, width: '6rem', cell: ({ cases }) => count(cases) },
            ...DIRECTORIES.map((key) => ({ key, title: own[key], numeric: true, width: '9rem', cell: (row: Hospital) => said(row, key) })),
          ]}
          rows={data.hospitals}
          idOf={({ org }) => org}
          openId={shown?.org ?? null}
          onOpen={({ org }) => setOpen(org)}
        />
      </div>
      {shown !== undefined && (
        <section className="stack tight" aria-label={own.stepsOf(pick(shown.place))}>
          <h3>{own.stepsOf(pick(shown.place))}</h3>
          {DIRECTORIES.map((key) =>
            key === 'again' && shown.named === 0 ? (
              <p key={key} className="soft">{`${own[key]}:${own.unnamed}`}</p>
            ) : (
              <Explained key={key} steps={shown[key].steps}>{`${own[key]} ${said(shown, key)}`}</Explained>
            ),
          )}
        </section>
      )}
      </div>
    </Card>
  )
} // prettier-ignore
