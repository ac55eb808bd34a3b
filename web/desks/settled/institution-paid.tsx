import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Card } from '../../ui/card.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { Explained } from '../insurer/dip/steps.tsx'
import { useSettledWords, type SettledWords } from './words.ts'

const zh = {
  title: '医保付给医院多少',
  dip: '按病种分值',
  item: '按项目据实',
  because: {
    'no-stay': '不是住院，按项目据实支付。',
    'not-sent': '医院没有用这个账单号报送病案首页，暂按项目据实；报送并入组后按病种分值支付。',
    'not-grouped': '病案首页已报送，还没有入组，暂按项目据实。',
  },
  fund: '基本医保付给医院',
  others: '个人和其他支付（不变）',
  sum: '医院共得',
  kept: '比账单多得（少得为负）',
  how: '怎么算出来的',
  onePrice: '同病同价：这个病各级医院付得一样多。',
  levels: '同一个病例在各级医院，基本医保付多少',
  level: { '1': '一级', '2': '二级', '3': '三级', '9': '未定级' } as Readonly<Record<string, string>>,
}
const en: typeof zh = {
  title: 'What the hospital is paid',
  dip: 'By the score of the disease',
  item: 'By item, as it cost',
  because: {
    'no-stay': 'This is no stay: paid by item.',
    'not-sent': 'No front page was sent under this number, so it is paid by item; once one is sent and grouped, by its score.',
    'not-grouped': 'Its front page was sent and is not grouped yet: paid by item until then.',
  },
  fund: 'The basic fund pays the hospital',
  others: 'The person and others (unchanged)',
  sum: 'The hospital gets in all',
  kept: 'More than the bill (less below zero)',
  how: 'How this came about',
  onePrice: 'One price: this disease is paid the same at every level.',
  levels: 'What the basic fund pays for the same case at each level',
  level: { '1': 'Level 1', '2': 'Level 2', '3': 'Level 3', '9': 'Not graded' },
}
const words = { zh, en }

type Line = readonly [name: string, fen: number]
const Receipt = ({ label, lines, shared }: { label: string; lines: readonly Line[]; shared: SettledWords }) => (
  <ul className="receipt" aria-label={label}>
    {lines.map(([name, fen]) => (
      <li key={name}>
        <span>{name}</span>
        <span className="figures">{shared.yuan(fen)}</span>
      </li>
    ))}
  </ul>
)

/** What the institution is paid for a settled bill, for the insurer: by the score of its disease with every step, or by item and why. */
export const InstitutionPaid = ({ org, bill, isStanding }: { org: string; bill: string; isStanding: boolean }) => {
  const own = useWordsOf(words)
  const shared = useSettledWords()
  const pick = usePick()
  const { role } = useActor()
  const isAsked = role === 'insurer' && isStanding
  const { data } = useApi('fund.pay-for-bill', { org, bill }, { enabled: isAsked })
  if (!isAsked || data === undefined) return null
  const others = data.totalFen - data.basicFen
  return (
    <Card title={own.title} aside={<span className="soft">{data.method === 'dip' ? own.dip : own.item}</span>}>
      <div className="stack">
        {data.disease !== null && <p>{pick(data.disease)}</p>}
        {data.byItemBecause !== null && <p className="soft">{own.because[data.byItemBecause]}</p>}
        <Receipt label={own.title} lines={[[own.fund, data.fundFen], [own.others, others], [own.sum, data.fundFen + others], [own.kept, data.institutionFen]]} shared={shared} />
        <Explained steps={data.steps}>{own.how}</Explained>
        {data.levels.length > 0 && (
          <>
            <p className="soft">{data.isOnePrice ? own.onePrice : own.levels}</p>
            <Receipt label={own.levels} lines={data.levels.map(({ level, fundFen }): Line => [own.level[level] ?? String(level), fundFen])} shared={shared} />
          </>
        )}
      </div>
    </Card>
  )
} // prettier-ignore
