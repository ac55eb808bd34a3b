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
    unnamed: '病例没有人员代码',
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
    unnamed: 'No stay says whose it is',
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
  const { data } = useApi('fund.dip-supervision', { year }, { enabled: isAsked })
  if (!isAsked || data === undefined || data.hospitals.length === 0) return null
  const columns = DIRECTORIES.map((key) => ({
    key,
    title: own[key],
    width: '11rem',
    cell: (row: Hospital) => key === 'again' && row.named === 0 ? <span className="soft">{own.unnamed}</span> : <Explained steps={row[key].steps}>{own.marked(percent(row[key].index), count(row[key].marked))}</Explained>,
  }))
  return (
    <Card title={own.title}>
      <p className="soft">{own.why}</p>
      <div className="wide-table">
        <DataTable
          caption={own.table}
          columns={[
            { key: 'hospital', title: own.hospital, width: '12rem', cell: (row: Hospital) => pick(row.place) },
            { key: 'cases', title: own.cases, numeric: true, width: '6rem', cell: ({ cases }) => count(cases) },
            ...columns,
          ]}
          rows={data.hospitals}
          idOf={({ org }) => org}
        />
      </div>
    </Card>
  )
} // prettier-ignore
