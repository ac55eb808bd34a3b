import { useState } from 'react'
import type { ShownRepresentative } from '../../../src/modules/record-access/contract.ts'
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
import { useToast } from '../../ui/toast.tsx'
import { useConsentWords } from './consent-words.ts'
import { RepresentativeForm } from './representative-form.tsx'

/** Who may act for a person; each may be ended at once. Staff register them, by papers that were seen. */
export const RepresentativesPart = ({ person, isStaff }: { person: string; isStaff: boolean }) => {
  const { people: words } = useConsentWords()
  const [registers, setRegisters] = useState(false)
  const [ending, setEnding] = useState<ShownRepresentative | null>(null)
  const { data, error, refetch } = useApi('record-access.representatives', { person }, { follows: ['record-access'] })
  return (
    <Card title={isStaff ? words.staffTitle : words.title}>
      <div className="stack">
        {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={2} />}
        {data?.representatives.length === 0 && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
        {data !== undefined && data.representatives.length > 0 && (
          <List label={isStaff ? words.staffTitle : words.title}>
            {data.representatives.map((one) => (
              <PlainRow
                key={one.id}
                title={`${one.by.zh} · ${words.kinds[one.kind]}`}
                lines={`${words.since(one.from, one.until)} · ${one.document}`}
                aside={
                  one.endedAt === null ? (
                    <Button onClick={() => setEnding(one)}>{words.end}</Button>
                  ) : (
                    <Chip tone="quiet">{words.ended}</Chip>
                  )
                }
              />
            ))}
          </List>
        )}
        {isStaff ? (
          <Button wide onClick={() => setRegisters(true)}>
            {words.register}
          </Button>
        ) : (
          <p className="soft small">{words.lead}</p>
        )}
      </div>
      {registers && <RepresentativeForm person={person} onClose={() => setRegisters(false)} />}
      {ending !== null && <EndDialog person={person} one={ending} onClose={() => setEnding(null)} />}
    </Card>
  )
}

const reasonLeast = 2

const EndDialog = ({ person, one, onClose }: { person: string; one: ShownRepresentative; onClose: () => void }) => {
  const { people: words } = useConsentWords()
  const toast = useToast()
  const end = useCommand('record-access.end-representative')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort) return
    const onSuccess = () => {
      toast({ text: words.endDone })
      onClose()
    }
    end.mutate({ person, representative: one.id, reason: reason.trim() }, { onSuccess })
  }
  return (
    <Dialog
      title={words.endTitle}
      open
      onClose={onClose}
      actions={
        <Button tone="danger" busy={end.isPending} onClick={submit}>
          {words.end}
        </Button>
      }
    >
      <div className="stack">
        <p>{`${one.by.zh} · ${words.kinds[one.kind]}`}</p>
        <p>{words.endWhy}</p>
        <TextField
          label={words.reason}
          required
          maxLength={200}
          error={tried && isShort ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {end.error !== null && <ErrorNote error={end.error} />}
      </div>
    </Dialog>
  )
}
