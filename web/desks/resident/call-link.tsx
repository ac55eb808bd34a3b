import { Icon } from '../../ui/icon.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { residentWords } from './words.ts'

/** One tap calls a place; without a number it says whom to ask instead. */
export const CallLink = ({ who, phone, isFirst = false }: { who: string; phone: string | null; isFirst?: boolean }) => {
  const words = useWordsOf(residentWords)
  if (phone === null || phone === '') return <p className="soft small">{words.noPhone(who)}</p>
  return (
    <a className={`button wide-button ${isFirst ? 'primary' : 'plain'}`} href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
      <Icon name="phone" />
      <span>{words.call(who)}</span>
    </a>
  )
}

/** What must never wait for a booking. */
export const Emergency = () => {
  const words = useWordsOf(residentWords)
  return (
    <div className="stack tight">
      <p>{words.emergency}</p>
      <a className="button danger wide-button" href="tel:120">
        <Icon name="phone" />
        <span>{words.call120}</span>
      </a>
    </div>
  )
}
