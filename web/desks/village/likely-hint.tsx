import { useDeferredValue } from 'react'
import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { usePick, useWordsOf, type Words } from '../../words/language.tsx'

type Asked = Queries['residents.likely']['input']

const zh = {
  title: '可能已经建过档',
  lead: '请先核对，避免重复建档。确实不是同一人，可以继续登记，由卫生健康局复核。',
  open: '查看档案',
  elsewhere: '外机构居民：请用完整证件号查找',
  why: '相符：',
  factors: {
    number: '证件号',
    name: '姓名',
    birth: '出生日期',
    sex: '性别',
    phone: '电话',
    address: '住址',
    guardian: '母亲',
  } as Record<string, string>,
}
const en: typeof zh = {
  title: 'Perhaps registered already',
  lead: 'Check first, so that nobody is registered twice. If it is somebody else, go on; the bureau looks at the pair later.',
  open: 'Open the record',
  elsewhere: 'Of another institution: find by the whole number',
  why: 'Agrees: ',
  factors: {
    number: 'number',
    name: 'name',
    birth: 'birth date',
    sex: 'sex',
    phone: 'phone',
    address: 'address',
    guardian: 'mother',
  },
}
const likelyWords: Words<typeof zh> = { zh, en }

/** Who may be meant, told while a person is being entered; nothing while nobody comes near, or without a network. */
export const LikelyHint = ({ asked }: { asked: Asked | null }) => {
  const words = useWordsOf(likelyWords)
  const pick = usePick()
  // Asked once the typing pauses, not at every key.
  const settled = useDeferredValue(asked)
  const { data } = useApi('residents.likely', settled ?? { zh: '-' }, { enabled: settled !== null })
  const likely = settled === null ? [] : (data?.likely ?? [])
  if (likely.length === 0) return null
  return (
    <Card title={words.title} held>
      <p className="soft">{words.lead}</p>
      <ul className="list">
        {likely.map(({ person, name, bornOn, institution, factors }, at) => (
          <li key={person ?? at} className="list-row">
            <span className="list-words">
              <span className="list-title">
                {name} <span className="figures soft small">{bornOn}</span>
              </span>
              <span className="list-lines">
                {[
                  institution && pick(institution),
                  words.why +
                    factors
                      .filter(({ weight }) => weight > 0)
                      .map(({ factor }) => words.factors[factor])
                      .join('、'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {person === null ? (
              <span className="soft small">{words.elsewhere}</span>
            ) : (
              <Link className="button plain" to={`/village/residents/${person}`}>
                {words.open}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
