import { Link } from 'wouter'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { readUnit } from '../timeline/read-unit.ts'
import { measureGloss } from './glosses.ts'
import { homeWords } from './home-words.ts'

type News = Queries['health-record.my-news']['answer']['news'][number]

const shownMost = 4

/** Results that have come since the person last looked, each in plain words; nothing where there are none. */
export const NewResults = () => {
  const words = useWordsOf(homeWords)
  const { data } = useNews()
  const see = useCommand('health-record.see-news')
  const news = data?.news ?? []
  if (news.length === 0) return null
  return (
    <Card title={words.news} held aside={<Chip tone="baton">{words.newsCount(news.length)}</Chip>}>
      <div className="stack tight">
        <ul className="home-news">
          {news.slice(0, shownMost).map((one) => (
            <NewResult key={one.id} news={one} />
          ))}
        </ul>
        {news.length > shownMost && <p className="soft">{words.more(news.length - shownMost)}</p>}
        <p className="soft small">{words.newsWhy}</p>
        <div className="along">
          <Link className="button plain" to="/me/life">
            {words.allResults}
          </Link>
          <Button busy={see.isPending} onClick={() => see.mutate({})}>
            {words.seen}
          </Button>
        </div>
        {see.error !== null && <ErrorNote error={see.error} />}
      </div>
    </Card>
  )
}

/** Institutions that recorded an encounter since the person last looked: each may see the record by it. */
export const NewVisits = () => {
  const words = useWordsOf(homeWords)
  const pick = usePick()
  const { data } = useNews()
  const see = useCommand('health-record.see-news')
  const encounters = data?.encounters ?? []
  if (encounters.length === 0) return null
  const places = [...new Map(encounters.map((one) => [one.org, one])).values()]
  return (
    <Card title={words.newVisitsTitle} held>
      <div className="stack tight">
        <ul className="home-news">
          {places.map(({ org, institution }) => (
            <li key={org}>
              {words.newVisits(
                institution === null ? words.newVisitsUnknown : pick(institution),
                encounters.filter((one) => one.org === org).length,
              )}
            </li>
          ))}
        </ul>
        <p className="soft small">{words.newVisitsWrong}</p>
        <div className="along">
          <Link className="button plain" to="/me/record">
            {words.whoLooked}
          </Link>
          <Button busy={see.isPending} onClick={() => see.mutate({})}>
            {words.seen}
          </Button>
        </div>
        {see.error !== null && <ErrorNote error={see.error} />}
      </div>
    </Card>
  )
}

/** What is new in one's own record; follows what is written into it. */
export const useNews = () => useApi('health-record.my-news', {}, { follows: ['health-record'] })

const NewResult = ({ news: { words: name, at, detail, values } }: { news: News }) => {
  const words = useWordsOf(homeWords)
  const pick = usePick()
  return (
    <li>
      <p>
        <strong>{pick(name)}</strong> {at !== null && <span className="soft small figures">{formatDay(at)}</span>}
      </p>
      {detail !== null && <p>{detail}</p>}
      {values.map((value) => {
        const gloss = measureGloss(value.words.zh)
        return (
          <div key={value.words.zh}>
            <p className="along">
              {value.words.zh !== name.zh && <span>{pick(value.words)}</span>}
              <span className="figures">
                {pick(value.text)} <span className="small soft">{readUnit(value.unit)}</span>
              </span>
              {value.judged !== null && <Chip tone={value.judged === 'within' ? 'good' : 'warning'}>{words[value.judged]}</Chip>}
            </p>
            {gloss !== null && <p className="gloss">{pick(gloss)}</p>}
          </div>
        )
      })}
    </li>
  )
}
