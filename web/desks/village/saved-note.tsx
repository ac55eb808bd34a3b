import type { CommandName } from '../../api/api-types.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SavedChip } from '../../ui/saved-chip.tsx'
import { useWordsOf } from '../../words/language.tsx'
import type { Saved } from './use-saved.ts'
import { offlineWords, villageWords } from './words.ts'

/** Where a saved command stands, in a chip and a sentence; a refusal with all of its reasons. */
export const SavedNote = <N extends CommandName>({ saved }: { saved: Saved<N> }) => {
  const words = useWordsOf(villageWords)
  const offline = useWordsOf(offlineWords)
  if (saved.error !== null)
    return (
      <div className="stack tight">
        {saved.entry !== null && (
          <p className="along">
            <SavedChip state={saved.entry.state} /> <span>{words.refusedHere}</span>
          </p>
        )}
        <ErrorNote error={saved.error} />
      </div>
    )
  if (saved.entry?.state !== 'saved') return null
  return (
    <output className="along">
      <SavedChip state="saved" /> <span>{saved.isHeld ? offline.held : words.savedHere}</span>
    </output>
  )
}
