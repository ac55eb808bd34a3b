import { useRef, useState } from 'react'
import { DIRECTIONS, URGENCIES } from '../../../src/modules/referral/referral.ts'
import { showable } from '../../api/api-error.ts'
import { fetchQuery } from '../../api/client.ts'
import { useActor } from '../../shell/session.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useLanguage, usePick } from '../../words/language.tsx'
import { download } from './download.ts'
import { askedFilter, isNarrowed, readViews, viewsWith, type InboxFilter, type SavedView } from './inbox-filter.ts'
import type { InboxTab } from './inbox-tabs.ts'
import { useDeskWords } from './words.ts'

type Narrowing = { tab: InboxTab; filter: InboxFilter; onFilter: (filter: InboxFilter) => void }

/** Finds and narrows: the search asks the server, over every case of the view and not only the rows that are shown. */
export const InboxSearch = ({ tab, filter, onFilter, onView }: Narrowing & { onView: (view: SavedView) => void }) => {
  const { view: words, urgencies, directions } = useDeskWords()
  const search = useRef<HTMLInputElement>(null)
  useKeys({ '/': () => search.current?.focus() })
  const choices = <K extends string>(keys: readonly K[], names: Record<K, string>) => [
    { value: 'any' as const, label: words.any },
    ...keys.map((value) => ({ value, label: names[value] })),
  ]
  return (
    <>
      <SearchBox
        label={words.find}
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text: text.slice(0, 60) })}
        inputRef={search}
        onFind={() => document.querySelector<HTMLButtonElement>('#case-list button')?.focus()}
      />
      <details className="inbox-filters" open={filter.urgency !== '' || filter.direction !== ''}>
        <summary>{words.narrow}</summary>
        <div className="inbox-narrow">
          <Select
            label={words.urgency}
            choices={choices(URGENCIES, urgencies)}
            value={filter.urgency === '' ? 'any' : filter.urgency}
            onChange={(urgency) => onFilter({ ...filter, urgency: urgency === 'any' ? '' : urgency })}
          />
          <Select
            label={words.direction}
            choices={choices(DIRECTIONS, directions)}
            value={filter.direction === '' ? 'any' : filter.direction}
            onChange={(direction) => onFilter({ ...filter, direction: direction === 'any' ? '' : direction })}
          />
        </div>
      </details>
      <Views tab={tab} filter={filter} onView={onView} />
    </>
  )
}

/** The named filters of this account on this device. */
const Views = ({ tab, filter, onView }: { tab: InboxTab; filter: InboxFilter; onView: (view: SavedView) => void }) => {
  const { view: words } = useDeskWords()
  const keptUnder = `jieli-views-${useActor().account}`
  const [views, setViews] = useState(() => readViews(localStorage.getItem(keptUnder)))
  const [naming, setNaming] = useState(false)
  const keep = (next: readonly SavedView[]) => {
    setViews(next)
    localStorage.setItem(keptUnder, JSON.stringify(next))
  }
  if (views.length === 0 && !isNarrowed(filter)) return null
  return (
    <fieldset className="along saved-views" aria-label={words.saved}>
      {views.map((view) => (
        <span key={view.name} className="saved-view">
          <Button small tone="quiet" icon="filter" onClick={() => onView(view)}>
            {view.name}
          </Button>
          <IconButton
            label={words.remove(view.name)}
            icon="cross"
            onClick={() => keep(views.filter(({ name }) => name !== view.name))}
          />
        </span>
      ))}
      {isNarrowed(filter) && (
        <Button small tone="quiet" icon="plus" onClick={() => setNaming(true)}>
          {words.save}
        </Button>
      )}
      <NameDialog
        open={naming}
        onClose={() => setNaming(false)}
        onName={(name) => {
          keep(viewsWith(views, { name, tab, ...filter }))
          setNaming(false)
        }}
      />
    </fieldset>
  )
}

const NameDialog = ({ open, onClose, onName }: { open: boolean; onClose: () => void; onName: (name: string) => void }) => {
  const { view: words } = useDeskWords()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const save = () => {
    setTried(true)
    if (name.trim() === '') return
    onName(name.trim())
    setName('')
    setTried(false)
  }
  return (
    <Dialog
      title={words.saveTitle}
      open={open}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={save}>
          {words.save}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label={words.name}
          required
          maxLength={30}
          error={tried && name.trim() === '' ? words.nameMissing : undefined}
          value={name}
          onChange={setName}
        />
      </form>
    </Dialog>
  )
}

/** Saves every row of the view, not only those that are shown, as a file that says what it holds. */
export const ExportButton = ({ tab, filter }: { tab: InboxTab; filter: InboxFilter }) => {
  const { view: words } = useDeskWords()
  const language = useLanguage()
  const pick = usePick()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const asked = { side: 'receiver', state: tab, language, ...askedFilter(filter) } as const
      const { csv, fileName, count, isWhole } = await fetchQuery('referral.worklist-export', asked)
      download([csv], fileName, 'text/csv;charset=utf-8')
      toast({
        text: isWhole ? words.exported(count) : words.exportedPart(count),
        ...(isWhole ? {} : { tone: 'danger' as const }),
      })
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button small tone="quiet" icon="record" busy={isBusy} onClick={() => void save()}>
      {words.export}
    </Button>
  )
}

/** The switch of the sound for urgent cases; off until somebody wants it. */
export const SoundSwitch = ({ isOn, turn }: { isOn: boolean; turn: (on: boolean) => void }) => {
  const { view: words } = useDeskWords()
  const toast = useToast()
  return (
    <Button
      small
      tone="quiet"
      icon="sound"
      aria-pressed={isOn}
      onClick={() => {
        turn(!isOn)
        toast({ text: isOn ? words.soundOff : words.soundOn })
      }}
    >
      {words.sound}
    </Button>
  )
}
