import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { billWords } from '../bill/words.ts'
import { residentBillWords } from './bill-words.ts'

const kinds = ['all', 'institution', 'pharmacy'] as const
type Kind = (typeof kinds)[number]

/** Where it may be paid by telephone today, by name, county and kind, page by page. */
export const PayPlacesPage = () => {
  const { places: words, back } = useWordsOf(residentBillWords)
  const [{ text, kind, after }, look] = useState<{ text: string; kind: Kind; after: string | null }>({
    text: '',
    kind: 'all',
    after: null,
  })
  const asked = {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(kind === 'all' ? {} : { kind }),
    ...(after === null ? {} : { after }),
  }
  const { data, error, refetch } = useApi('payment.places', asked)
  return (
    <Page title={words.title} lead={words.lead}>
      <SearchBox label={words.find} value={text} onChange={(typed) => look({ text: typed, kind, after: null })} />
      <Select
        label={words.kind}
        choices={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        value={kind}
        onChange={(value: Kind) => look({ text, kind: value, after: null })}
      />
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={5} />}
      {data?.all === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data !== undefined && data.all > 0 && (
        <Card title={words.found(data.all)}>
          <Places places={data.places} />
        </Card>
      )}
      <div className="along">
        {after !== null && <Button onClick={() => look({ text, kind, after: null })}>{words.first}</Button>}
        {data !== undefined && data.next !== null && (
          <Button onClick={() => look({ text, kind, after: data.next })}>{words.more}</Button>
        )}
      </div>
      <Link to="/me/bills">{back}</Link>
    </Page>
  )
}

type Place = {
  kind: 'institution' | 'pharmacy'
  code: string
  zh: string
  en: string | null
  county: string | null
  care: readonly (keyof typeof billWords.zh.visitKinds)[]
}

const Places = ({ places }: { places: readonly Place[] }) => {
  const { places: words } = useWordsOf(residentBillWords)
  const { visitKinds } = useWordsOf(billWords)
  const pick = usePick()
  const about = ({ kind, county, care }: Place): string =>
    [county, kind === 'pharmacy' ? words.pharmacy : care.map((one) => visitKinds[one]).join(words.and)].filter(Boolean).join(' · ')
  return (
    <List label={words.title}>
      {places.map((one) => (
        <PlainRow key={`${one.kind}-${one.code}`} title={pick(one)} lines={about(one)} />
      ))}
    </List>
  )
} // prettier-ignore
