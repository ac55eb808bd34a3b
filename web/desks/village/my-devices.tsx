import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { offlineWords } from './words.ts'

type Device = Queries['security.devices']['answer']['devices'][number]

/** One's own devices: which are in use, which are revoked and whether they are emptied. */
export const MyDevices = ({ here }: { here: string }) => {
  const { device: words } = useWordsOf(offlineWords)
  const { data, error, isPending, refetch } = useApi('security.devices', { which: 'own' })
  const [leaving, setLeaving] = useState<Device | null>(null)
  const isOffline = error?.status === 0
  return (
    <Card title={words.devices}>
      {isPending && <Skeleton lines={3} />}
      {isOffline && data === undefined && <EmptyState kind="offline" />}
      {error !== null && !isOffline && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <List label={words.devices}>
          {data.devices.map((one) => (
            <PlainRow
              key={one.device}
              title={
                <span className="along">
                  {one.label}
                  {one.device === here && <Chip tone="calm">{words.here}</Chip>}
                  {one.state !== 'active' && (
                    <Chip tone={one.state === 'wiped' ? 'quiet' : 'warning'}>{words.states[one.state]}</Chip>
                  )}
                </span>
              }
              lines={`${words.seen} ${formatInstant(one.lastSeenAt)}`}
              aside={
                one.state === 'active' && (
                  <Button small tone="danger" onClick={() => setLeaving(one)}>
                    {words.revoke}
                  </Button>
                )
              }
            />
          ))}
        </List>
      )}
      {leaving !== null && <RevokeDialog device={leaving.device} onClose={() => setLeaving(null)} />}
    </Card>
  )
}

const reasonLeast = 2

const RevokeDialog = ({ device, onClose }: { device: string; onClose: () => void }) => {
  const { device: words } = useWordsOf(offlineWords)
  const toast = useToast()
  const revoke = useCommand('security.revoke-device')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < reasonLeast
  const go = () => {
    setTried(true)
    if (isShort) return
    revoke.mutate({ device, reason: reason.trim() }, { onSuccess: () => (toast({ text: words.revoked }), onClose()) })
  }
  return (
    <Dialog
      title={words.revokeTitle}
      open
      onClose={onClose}
      actions={
        <Button tone="danger" busy={revoke.isPending} onClick={go}>
          {words.revoke}
        </Button>
      }
    >
      <div className="stack">
        <p>{words.revokeWhat}</p>
        <TextField
          label={words.revokeReason}
          required
          error={tried && isShort ? words.revokeMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {revoke.error !== null && <ErrorNote error={revoke.error} />}
      </div>
    </Dialog>
  )
}
