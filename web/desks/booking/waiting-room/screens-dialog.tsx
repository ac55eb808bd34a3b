import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { List, PlainRow } from '../../../ui/list.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useWordsOf } from '../../../words/language.tsx'
import { queueWords } from './queue-words.ts'

/** The screens of this institution's waiting rooms: opens one, says its address once, closes those no longer used. */
export const ScreensDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { screens: words } = useWordsOf(queueWords)
  return (
    <Dialog title={words.title} open={open} onClose={onClose}>
      <div className="stack">
        <p className="soft">{words.lead}</p>
        <MakeScreen />
        <ScreenList />
      </div>
    </Dialog>
  )
}

const MakeScreen = () => {
  const { screens: words } = useWordsOf(queueWords)
  const make = useCommand('booking.open-screen')
  const [title, setTitle] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (title.trim() !== '') make.mutate({ title: title.trim() })
  }
  const address = make.data === undefined ? null : `${location.origin}${make.data.address}`
  return (
    <div className="stack tight">
      <TextField
        label={words.name}
        hint={words.nameHint}
        maxLength={60}
        error={tried && title.trim() === '' ? words.nameMissing : undefined}
        value={title}
        onChange={setTitle}
      />
      <div className="along">
        <Button tone="primary" busy={make.isPending} onClick={submit}>
          {words.make}
        </Button>
      </div>
      {make.error !== null && <ErrorNote error={make.error} />}
      {address !== null && (
        <div className="screen-address stack tight">
          <p className="small">{words.address}</p>
          <code>{address}</code>
          <a className="button plain" href={address} target="_blank" rel="noreferrer">
            {words.show}
          </a>
        </div>
      )}
    </div>
  )
}

const ScreenList = () => {
  const { screens: words } = useWordsOf(queueWords)
  const toast = useToast()
  const { data, error, refetch } = useApi('booking.screens', {})
  const close = useCommand('booking.close-screen')
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  if (data.screens.length === 0) return <p className="soft">{words.none}</p>
  return (
    <div className="stack tight">
      <h3>{words.existing}</h3>
      {close.error !== null && <ErrorNote error={close.error} />}
      <List label={words.existing}>
        {data.screens.map(({ id, title }) => (
          <PlainRow
            key={id}
            title={title}
            aside={
              <Button
                small
                tone="quiet"
                busy={close.isPending}
                onClick={() => close.mutate({ screen: id }, { onSuccess: () => toast({ text: words.closed }) })}
              >
                {words.close}
              </Button>
            }
          />
        ))}
      </List>
    </div>
  )
}
