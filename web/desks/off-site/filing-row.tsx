import { Fragment, type ReactNode } from 'react'
import type { ShownNotice } from '../../../src/modules/payment/filing/contract.ts'
import type { ShownFiling } from '../../../src/modules/settlement/filing/contract.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { PlainRow } from '../../ui/list.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useWordsOf } from '../../words/language.tsx'
import { offSiteWords, type OffSiteWords } from './words.ts'

const tones: Record<ShownFiling['state'], ChipTone> = { filed: 'good', lapsed: 'quiet', withdrawn: 'quiet' }

const noticeWords = ({ state, number, says }: ShownNotice, words: OffSiteWords): string => {
  if (state === 'withdrawn' && number === null) return words.neverSent
  const said = words.notices[state]
  if (says !== null) return words.saying(said, says)
  return state === 'taken' && number !== null ? words.numbered(said, number) : said
}

type RowProps = {
  one: ShownFiling
  /** What its places have come to at the insurer's platform; undefined until that is known. */
  notices: readonly ShownNotice[] | undefined
  more?: readonly string[]
  aside?: ReactNode
}

/** One filing in a list: where, which kind, from when until when, why, and what became of it at the insurer's platform. */
export const FilingRow = ({ one, notices, more = [], aside }: RowProps) => {
  const words = useWordsOf(offSiteWords)
  const last = one.ends === null ? null : formatDay(one.ends)
  return (
    <PlainRow
      title={
        <>
          {one.places.map(({ zh }) => zh).join('、')} <Chip tone={tones[one.state]}>{words.states[one.state]}</Chip>
        </>
      }
      lines={
        <>
          {words.kinds[one.kind]} · {words.since(formatDay(one.from), last)}
          <br />
          {words.because(one.reason)}
          {more.map((text) => ` · ${text}`)}
          <AtPlatform one={one} notices={notices} />
          {one.withdrawnOn !== null && (
            <>
              <br />
              {words.withdrawnOn(formatDay(one.withdrawnOn), one.withdrawnWhy ?? '')}
            </>
          )}
        </>
      }
      aside={aside}
    />
  )
}

/** One sentence where every place has come to the same, otherwise one for each place. */
const AtPlatform = ({ one, notices }: Pick<RowProps, 'one' | 'notices'>) => {
  const words = useWordsOf(offSiteWords)
  const own = notices?.filter(({ filing }) => filing === one.id)
  if (own === undefined) return null
  const nameOf = (place: string) => one.places.find(({ code }) => code === place)?.zh ?? place
  const said = own.map((notice) => ({ place: nameOf(notice.place), text: noticeWords(notice, words) }))
  const texts = [...new Set(said.map(({ text }) => text))]
  const lines = texts.length > 1 ? said.map(({ place, text }) => words.noticeOf(place, text)) : texts
  return (
    <>
      {(lines.length === 0 ? [words.notTold] : lines).map((text) => (
        <Fragment key={text}>
          <br />
          {text}
        </Fragment>
      ))}
    </>
  )
}
