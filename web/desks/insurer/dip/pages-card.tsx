import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../../words/language.tsx'

type Page = Queries['fund.dip-pages']['answer']['pages'][number]
type Lack = Page['lacks'][number]

const words = {
  zh: {
    title: '随病历到来的病案首页',
    why: '医院上传到健康档案的病案首页,账单结算后自动成为出院病例。下面是还不能的,和缺什么。',
    counts: (taken: number, waiting: number) => `已成为病例 ${taken} 份,等待 ${waiting} 份`,
    again: '再次接收',
    tried: (tried: number, taken: number) => `查看 ${tried} 份,新成为病例 ${taken} 份`,
    table: '等待的首页（表,最早的 50 份）',
    record: '病案号-次数',
    day: '出院日期',
    disease: '主要诊断',
    place: '机构',
    lacks: '缺什么',
    of: {
      bill: '没有已结算的住院账单:请先结算',
      bills: '同日有多张住院账单:请报送病例,写明是哪一张',
      cost: '首页总费用与账单不同:请核对后重传首页',
      treatment: '手术操作没有级别,看不出治疗方式:请补手术级别',
      diagnosis: '主诊断不是医保版编码:请改码',
      procedures: '手术操作不是医保版编码:请改码',
      age: '没有出生日期:请补填',
      cleared: '该年度已清算:下一年度清算中补付',
    } satisfies Record<Lack, string>,
    count: (count: number, lack: string) => `${count} 份:${lack}`,
  },
  en: {
    title: 'Front pages that came with the record',
    why: 'Front pages that hospitals upload become discharges once their bill is settled. These cannot yet, and why.',
    counts: (taken: number, waiting: number) => `${taken} are discharges, ${waiting} wait`,
    again: 'Try again',
    tried: (tried: number, taken: number) => `${tried} looked at, ${taken} more are discharges`,
    table: 'Waiting pages (table, the earliest 50)',
    record: 'Record and stay',
    day: 'Discharged',
    disease: 'Main diagnosis',
    place: 'Hospital',
    lacks: 'What it lacks',
    of: {
      bill: 'no settled inpatient bill: settle it first',
      bills: 'several inpatient bills of the day: send the discharge and say which',
      cost: 'its total differs from the bill: check it and upload the page again',
      treatment: 'a procedure without a level does not tell how it was treated: add the level',
      diagnosis: 'the main diagnosis is no code of the insurance edition: recode it',
      procedures: 'a procedure is no code of the insurance edition: recode it',
      age: 'no day of birth: add it',
      cleared: 'the year is cleared: to be paid in the next',
    } satisfies Record<Lack, string>,
    count: (count: number, lack: string) => `${count}: ${lack}`,
  },
}

/** Front pages that are not discharges yet, and what each lacks. Nothing where none came. */
export const PagesCard = ({ year }: { year: number }) => {
  const own = useWordsOf(words)
  const pick = usePick()
  const toast = useToast()
  const isBureau = useActor().role === 'health-bureau'
  const { data } = useApi('fund.dip-pages', { year })
  const again = useCommand('fund.take-pages')
  if (data === undefined || data.taken + data.waiting === 0) return null
  const tryAgain = () => again.mutate({ year }, { onSuccess: ({ tried, taken }) => toast({ text: own.tried(tried, taken) }) })
  const button = !isBureau && data.waiting > 0 && (
    <Button busy={again.isPending} onClick={tryAgain}>
      {own.again}
    </Button>
  )
  return (
    <Card title={own.title} aside={button}>
      <div className="stack">
        <p className="soft">{own.why}</p>
        <p>{own.counts(data.taken, data.waiting)}</p>
        {data.lacks.length > 0 && (
          <ul>
            {data.lacks.map(({ lack, count }) => (
              <li key={lack}>{own.count(count, own.of[lack])}</li>
            ))}
          </ul>
        )}
        {again.error !== null && <ErrorNote error={again.error} />}
        {data.pages.length > 0 && (
          <div className="wide-table">
            <DataTable
              caption={own.table}
              columns={[
                { key: 'record', title: own.record, width: '9rem', cell: ({ record }: Page) => record },
                { key: 'day', title: own.day, width: '8rem', cell: ({ dischargedOn }) => dischargedOn },
                { key: 'disease', title: own.disease, width: '12rem', cell: ({ zh, diagnosis }) => `${zh} ${diagnosis}` },
                { key: 'place', title: own.place, width: '12rem', cell: ({ place }) => pick(place) },
                {
                  key: 'lacks',
                  title: own.lacks,
                  width: '22rem',
                  cell: ({ lacks }) => lacks.map((lack) => own.of[lack]).join('；'),
                },
              ]}
              rows={data.pages}
              idOf={({ org, record }) => `${org}/${record}`}
            />
          </div>
        )}
      </div>
    </Card>
  )
}
