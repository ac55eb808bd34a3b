import { useState, type ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import { serverNow } from '../api/server-clock.ts'
import { Button } from '../ui/button.tsx'
import { Card, Facts } from '../ui/card.tsx'
import { Checkbox, RadioCards } from '../ui/choice.tsx'
import { Chip } from '../ui/chip.tsx'
import { Countdown, When } from '../ui/countdown.tsx'
import { DataTable, type Column } from '../ui/data-table.tsx'
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { Select, TextArea, TextField } from '../ui/field.tsx'
import { KeyHelp } from '../ui/key-help.tsx'
import { LinkRow, List, PlainRow, PressRow } from '../ui/list.tsx'
import { LiveChip } from '../ui/live-chip.tsx'
import { SavedChip } from '../ui/saved-chip.tsx'
import { SearchBox } from '../ui/search-box.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Timeline } from '../ui/timeline.tsx'
import { useToast } from '../ui/toast.tsx'
import { useWordsOf } from '../words/language.tsx'
import { cases, galleryWords, refusalExample } from './words.ts'

/** Every part in its states, to look at and to check. Not linked from any desk. */
export const Gallery = () => {
  const words = useWordsOf(galleryWords)
  return (
    <main id="content" tabIndex={-1} className="page stack wide">
      <title>{words.title}</title>
      <div className="along apart">
        <h1>{words.title}</h1>
        <KeyHelp groups={[{ title: words.inbox, keys: [['A', words.accept]] }]} />
      </div>
      <Presses />
      <div className="beside">
        <Forms />
        <div className="stack wide">
          <States />
          <Journey />
        </div>
      </div>
      <Queues />
      <Empties />
    </main>
  )
}

const Presses = () => {
  const words = useWordsOf(galleryWords)
  const toast = useToast()
  const [dialog, setDialog] = useState<'none' | 'plain' | 'confirm'>('none')
  const close = () => setDialog('none')
  return (
    <Card title={words.buttons}>
      <div className="along">
        <Button tone="primary" icon="check" shortcut="A" onClick={() => toast({ text: words.accepted, undo: close })}>
          {words.accept}
        </Button>
        <Button icon="arrow" onClick={() => setDialog('plain')}>
          {words.redirect}
        </Button>
        <Button tone="danger" onClick={() => setDialog('confirm')}>
          {words.refuse}
        </Button>
        <Button tone="quiet">{words.more}</Button>
        <Button small icon="plus">
          {words.more}
        </Button>
        <Button tone="primary" busy>
          {words.accept}
        </Button>
        <Button disabled>{words.redirect}</Button>
      </div>
      <Dialog
        title={words.redirect}
        open={dialog === 'plain'}
        onClose={close}
        actions={<Button onClick={close}>{words.more}</Button>}
      >
        <TextField label={words.reason} value="" onChange={() => undefined} />
      </Dialog>
      <ConfirmDialog
        title={words.refuse}
        consequence={words.refuseWhat}
        act={words.refuse}
        open={dialog === 'confirm'}
        onConfirm={close}
        onClose={close}
      />
    </Card>
  )
}

const Forms = () => {
  const words = useWordsOf(galleryWords)
  const [text, setText] = useState('')
  const [urgency, setUrgency] = useState<'routine' | 'urgent' | 'critical' | ''>('urgent')
  const [clinic, setClinic] = useState<'a' | 'b' | ''>('')
  const [consent, setConsent] = useState(true)
  return (
    <Card title={words.form}>
      <div className="stack">
        <ErrorSummary faults={[{ fieldId: 'gallery-phone', text: words.phoneWrong }]} attempt={0} />
        <SearchBox label={words.find} value={text} onChange={setText} />
        <TextField label={words.person} hint={words.personHint} required value={text} onChange={setText} />
        <TextField
          id="gallery-phone"
          label={words.phone}
          error={words.phoneWrong}
          inputMode="tel"
          value="138"
          onChange={() => undefined}
        />
        <TextArea label={words.reason} value={words.reasonText} onChange={() => undefined} />
        <Select
          label={words.clinic}
          choices={[
            { value: 'a', label: words.clinicA },
            { value: 'b', label: words.clinicB },
          ]}
          value={clinic}
          onChange={setClinic}
        />
        <RadioCards
          label={words.urgency}
          required
          choices={[
            { value: 'routine', label: words.routine, note: words.routineNote },
            { value: 'urgent', label: words.urgent, note: words.urgentNote },
            { value: 'critical', label: words.critical, note: words.criticalNote, disabled: true },
          ]}
          value={urgency}
          onChange={setUrgency}
        />
        <Checkbox label={words.consent} checked={consent} onChange={setConsent} />
      </div>
    </Card>
  )
}

/** An instant some minutes from the server's now, for countdowns that show each nearness. */
const minutesFromNow = (minutes: number): string => {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })
  return `${day.format(serverNow() + minutes * 60_000).replace(' ', 'T')}Z`
}
const [farOff, near, past] = [minutesFromNow(2000), minutesFromNow(12), minutesFromNow(-45)]

const States = () => {
  const words = useWordsOf(galleryWords)
  return (
    <Card title={words.states} held aside={<LiveChip />}>
      <div className="stack">
        <div className="along">
          <Chip tone="calm">{words.sent}</Chip>
          <Chip tone="good">{words.accepted}</Chip>
          <Chip tone="warning">{words.waiting}</Chip>
          <Chip tone="danger">{words.critical}</Chip>
          <Chip tone="quiet">{words.closed}</Chip>
          <Chip tone="baton">{words.inHands}</Chip>
        </div>
        <div className="along">
          <Countdown until={farOff} />
          <Countdown until={near} />
          <Countdown until={past} />
        </div>
        <div className="along">
          <SavedChip state="saved" />
          <SavedChip state="sent" />
          <SavedChip state="failed" />
        </div>
        <Facts
          facts={[
            [words.person, words.personName],
            [words.sentAt, <When key="at" at={past} />],
            [words.clinic, words.clinicA],
          ]}
        />
        <ErrorNote error={new ApiError(409, refusalExample)} onRetry={() => undefined} />
        <Skeleton />
      </div>
    </Card>
  )
}

const Journey = () => {
  const words = useWordsOf(galleryWords)
  return (
    <Card title={words.journey}>
      <Timeline
        label={words.journey}
        steps={[
          { id: 'sent', state: 'done', title: words.sent, at: '2026-11-20T02:30:00Z', detail: words.clinicB },
          { id: 'accepted', state: 'done', title: words.accepted, at: '2026-11-20T03:05:00Z' },
          { id: 'visit', state: 'now', title: words.visit, at: '2026-11-22T00:00:00Z', detail: words.clinicA },
          { id: 'back', state: 'next', title: words.handBack },
        ]}
      />
    </Card>
  )
}

type Case = (typeof cases)[number]
const untilOf = ({ minutes }: Case): string => (minutes > 100 ? farOff : minutes > 0 ? near : past)

const useColumns = (): Column<Case>[] => {
  const words = useWordsOf(galleryWords)
  return [
    { key: 'id', title: words.number, cell: showNumber },
    { key: 'person', title: words.person, cell: ({ person }) => person },
    { key: 'reason', title: words.reason, cell: () => words.reasonText, width: '40%' },
    { key: 'left', title: words.left, cell: showLeft },
    { key: 'fee', title: words.fee, numeric: true, cell: ({ fee }) => fee },
  ]
}
const showNumber = ({ id }: Case) => <span className="figures">{id}</span>
const showLeft = (row: Case) => <Countdown until={untilOf(row)} />

const Queues = () => {
  const words = useWordsOf(galleryWords)
  const columns = useColumns()
  const [shown, setShown] = useState<'inbox' | 'list'>('inbox')
  const [openId, setOpenId] = useState<string | null>('R-0002')
  return (
    <Tabs
      label={words.queue}
      tabs={[
        { key: 'inbox', label: words.inbox, count: cases.length },
        { key: 'list', label: words.list },
      ]}
      shown={shown}
      onShow={setShown}
    >
      {shown === 'inbox' ? (
        <DataTable
          caption={words.inbox}
          columns={columns}
          rows={cases}
          idOf={({ id }) => id}
          openId={openId}
          onOpen={({ id }) => setOpenId(id)}
          isTaken={({ id }) => id === 'R-0003'}
          changedIds={changed}
        />
      ) : (
        <Rows />
      )}
    </Tabs>
  )
}
const changed: ReadonlySet<string> = new Set(['R-0001'])

const Rows = (): ReactNode => {
  const words = useWordsOf(galleryWords)
  return (
    <List label={words.list}>
      <LinkRow
        to="/gallery"
        title={words.personName}
        lines={words.reasonText}
        aside={<Chip tone="warning">{words.waiting}</Chip>}
      />
      <PressRow current title={words.personName} lines={words.clinicA} onPress={() => undefined} />
      <PlainRow title={words.personName} lines={words.clinicB} aside={<Button small>{words.more}</Button>} />
    </List>
  )
}

const Empties = () => {
  const words = useWordsOf(galleryWords)
  return (
    <Card title={words.empties}>
      <div className="choice-cards">
        <EmptyState kind="none" action={<Button tone="primary">{words.more}</Button>} />
        <EmptyState kind="filtered" />
        <EmptyState kind="no-right" />
        <EmptyState kind="offline" />
      </div>
    </Card>
  )
}
