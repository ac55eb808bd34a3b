import { useSyncExternalStore } from 'react'
import { contactNow, watchContact } from '../../api/contact.ts'
import { useKeeper } from '../../api/keeper.tsx'
import { useNewVersion } from '../../shell/keep-for-offline.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useWordsOf } from '../../words/language.tsx'
import { keptVillage } from './kept-village.ts'
import { useOpenVault } from './vault-context.ts'
import { offlineWords } from './words.ts'

/** Says over every page when what is shown may be old, when nothing may be kept here, and when a new version waits. */
export const LineStrip = () => {
  const words = useWordsOf(offlineWords)
  const contact = useSyncExternalStore(watchContact, contactNow)
  const vault = useOpenVault()
  const keeper = useKeeper()
  const { isWaiting, take } = useNewVersion()
  const asOf = keptVillage(keeper)?.asOf
  const since = asOf === undefined ? words.sinceNone : words.since(formatInstant(asOf))
  return (
    <div className="line-strips">
      <output className={contact === 'answered' ? '' : 'line-strip'}>
        {contact !== 'answered' && (
          <>
            <Icon name="noNetwork" />
            <span>{contact === 'cut' ? words.cut(since) : words.joining(since)}</span>
          </>
        )}
      </output>
      {vault === null && <p className="line-strip danger">{words.unsealed}</p>}
      {isWaiting && (
        <p className="line-strip">
          <span>{words.version}</span>
          <Button small onClick={take}>
            {words.reload}
          </Button>
        </p>
      )}
    </div>
  )
}
