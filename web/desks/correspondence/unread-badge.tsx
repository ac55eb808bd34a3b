import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useWordsOf, type Words } from '../../words/language.tsx'

// Apart from the words of the thread, which come with the first case that is opened.
const unreadWords: Words<{ fresh: (n: number) => string }> = {
  zh: { fresh: (n) => `${String(n)} 条新留言` },
  en: { fresh: (n) => (n === 1 ? '1 new message' : `${String(n)} new messages`) },
}

type Unread = { total: number; of: (referral: string) => number; newest: string | null }

/** How many messages of others this account has not read, by case; a referral that moves may change who reads along. */
export const useUnread = (): Unread => {
  const { data } = useApi('correspondence.unread', {}, { follows: ['referral'] })
  return {
    total: data?.total ?? 0,
    of: (referral) => data?.cases.find((one) => one.referral === referral)?.unread ?? 0,
    newest: data?.cases[0]?.referral ?? null,
  }
}

/** The mark of a case with unread messages, in a list. */
export const UnreadChip = ({ referral }: { referral: string }) => {
  const words = useWordsOf(unreadWords)
  const unread = useUnread().of(referral)
  return unread === 0 ? null : <Chip tone="baton">{words.fresh(unread)}</Chip>
}

/** All unread messages of this account, wherever their cases stand; opens the newest. */
export const UnreadButton = ({ onOpen }: { onOpen: (referral: string) => void }) => {
  const words = useWordsOf(unreadWords)
  const { total, newest } = useUnread()
  if (total === 0 || newest === null) return null
  return (
    <Button small icon="inbox" onClick={() => onOpen(newest)}>
      {words.fresh(total)}
    </Button>
  )
}
