import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { When } from '../../../ui/countdown.tsx'
import { List, PlainRow } from '../../../ui/list.tsx'
import { useServerNow } from '../../../ui/use-server-now.ts'
import { useLanguage, useWordsOf } from '../../../words/language.tsx'
import type { Whom } from '../../resident/for-whom.tsx'
import { plainDay, plainTime } from '../../resident/plain-date.ts'
import { troubles } from '../../resident/booking-words.ts'
import { waitingWords, type WaitingWords } from './words.ts'

type Told = Queries['booking.notices']['answer']['notices'][number]

/** What the resident was told and has not put away yet, newest first. */
export const MyNotices = ({ whom }: { whom: Whom }) => {
  const words = useWordsOf(waitingWords)
  const { data } = useApi('booking.notices', whom.asked)
  const see = useCommand('booking.see-notices')
  const unseen = data?.notices.filter(({ seenAt }) => seenAt === null) ?? []
  if (unseen.length === 0) return null
  return (
    <section className="stack tight">
      <div className="along apart">
        <h2>{words.notices}</h2>
        <Button tone="quiet" busy={see.isPending} onClick={() => see.mutate(whom.asked)}>
          {words.seen}
        </Button>
      </div>
      <List label={words.notices}>
        {unseen.map((one) => (
          <NoticeRow key={one.id} notice={one} />
        ))}
      </List>
    </section>
  )
}

const NoticeRow = ({ notice }: { notice: Told }) => {
  const words = useWordsOf(waitingWords)
  const language = useLanguage()
  const now = useServerNow()
  const { kind, data, toldAt } = notice
  const known = troubles.find(({ specialty }) => specialty === data['specialty'])
  const isOfBed = data['unitKind'] === 'bed-day' || typeof data['stayFrom'] === 'string'
  const service =
    known === undefined ? (isOfBed ? words.unknownBed : words.unknown) : language === 'zh' ? known.doorZh : known.doorEn
  const when = typeof data['startsAt'] === 'string' ? ` ${plainTime(data['startsAt'], now, language)}` : ''
  const stayFrom = kind === 'offer' ? data['stayFrom'] : undefined
  const bedFrom = typeof stayFrom === 'string' ? plainDay(`${stayFrom}T12:00:00+08:00`, now, language) : null
  const ofBed =
    data['unitKind'] === 'bed-day' && kind in words.bedKinds ? words.bedKinds[kind as keyof WaitingWords['bedKinds']] : null
  const next =
    typeof data['offerStartsAt'] === 'string'
      ? words.otherOffered(plainTime(data['offerStartsAt'], now, language))
      : words.atFront
  const doctor = kind === 'doctor-changed' ? (language === 'en' && data['doctorEn']) || data['doctorZh'] || null : null
  return (
    <PlainRow
      title={bedFrom === null ? (ofBed ?? words.kinds[kind])(`${service}${when}`) : words.bedOffer(service, bedFrom)}
      lines={
        <>
          {kind === 'clinic-stopped' && <>{next} </>}
          {doctor !== null && <>{words.seenBy(doctor)} </>}
          <When at={toldAt} />
        </>
      }
    />
  )
}
