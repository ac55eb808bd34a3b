import type { ReactNode } from 'react'
import type { ShownFiling } from '../../../src/modules/settlement/filing/contract.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { PlainRow } from '../../ui/list.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useWordsOf } from '../../words/language.tsx'
import { offSiteWords } from './words.ts'

const tones: Record<ShownFiling['state'], ChipTone> = { filed: 'good', lapsed: 'quiet', withdrawn: 'quiet' }

/** One filing in a list: where, which kind, from when until when, and why. */
export const FilingRow = ({ one, more = [], aside }: { one: ShownFiling; more?: readonly string[]; aside?: ReactNode }) => {
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
