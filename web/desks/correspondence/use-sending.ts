import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, showable } from '../../api/api-error.ts'
import type { Commands } from '../../api/api-types.ts'
import { newKey } from '../../api/client.ts'
import type { QueuedCommand } from '../../api/queue.ts'
import { refreshModules } from '../../api/refresh.ts'
import { useCommand } from '../../api/use-api.ts'
import { useOutboxHere } from '../../api/use-outbox.tsx'
import type { CaseInSight } from '../case-panels.tsx'

const names = ['correspondence.write', 'correspondence.supplement'] as const
export type SaidName = (typeof names)[number]
export type SaidBody = Commands[SaidName]['input']

/** How what was written leaves this page: by way of the device's outbox where there is one, else at once. */
export type Sending = {
  /** Resolves with true when the text may leave the form: it lies safely on this device, or the server has it. */
  send: (name: SaidName, body: SaidBody, act: string) => Promise<boolean>
  isSending: boolean
  error: ApiError | null
  /** What of this case still waits on this device, or was refused. */
  waiting: readonly QueuedCommand[]
  retry: (key: string) => void
  discard: (key: string) => void
}

/** A name as it may stand in the list of waiting work: the first character, the rest as stars. */
const masked = (name: string): string => `${name.slice(0, 1)}${'*'.repeat(Math.max(name.length - 1, 1))}`

const isOfCase = (entry: QueuedCommand, referral: string): boolean =>
  names.some((name) => name === entry.name) && (entry.body as SaidBody).referral === referral

/** A sent message stands in the thread; its pictures need not lie on the device any longer. */
const useLeaveNothing = (outbox: ReturnType<typeof useOutboxHere>, referral: string): void => {
  const memory = useQueryClient()
  const sent = outbox?.held.filter((entry) => entry.state === 'sent' && isOfCase(entry, referral)) ?? []
  const keys = sent.map(({ key }) => key).join(' ')
  const discard = outbox?.discard
  useEffect(() => {
    if (discard === undefined || keys === '') return
    void refreshModules(memory, new Set(['correspondence', 'referral'])).then(() => {
      for (const key of keys.split(' ')) void discard(key)
    })
  }, [discard, keys, memory])
}

/** Sends what is written about one case. */
export const useSending = (referral: CaseInSight): Sending => {
  const outbox = useOutboxHere()
  const write = useCommand('correspondence.write')
  const supplement = useCommand('correspondence.supplement')
  const memory = useQueryClient()
  const [error, setError] = useState<ApiError | null>(null)
  useLeaveNothing(outbox, referral.id)
  const carry = async (name: SaidName, body: SaidBody, act: string): Promise<void> => {
    if (outbox !== null) {
      await outbox.save({
        key: newKey(),
        name,
        body,
        label: `${act} · ${masked(referral.person.name.zh)}`,
        line: referral.person.id,
      })
    } else if (name === 'correspondence.write') await write.mutateAsync(body)
    else {
      await supplement.mutateAsync(body)
      await refreshModules(memory, new Set(['referral']))
    }
  }
  const send: Sending['send'] = async (name, body, act) => {
    setError(null)
    try {
      await carry(name, body, act)
      return true
    } catch (thrown) {
      setError(showable(thrown))
      return false
    }
  }
  return {
    send,
    error,
    isSending: write.isPending || supplement.isPending,
    waiting: outbox?.held.filter((entry) => entry.state !== 'sent' && isOfCase(entry, referral.id)) ?? [],
    retry: (key) => void outbox?.retry(key),
    discard: (key) => void outbox?.discard(key),
  }
}
