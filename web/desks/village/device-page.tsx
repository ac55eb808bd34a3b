import { useEffect, useState } from 'react'
import { emptyDevice, readDevice, type DeviceRecord } from '../../api/device-database.ts'
import { useKeeper } from '../../api/keeper.tsx'
import { useOutbox } from '../../api/use-outbox.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { showable } from '../../api/api-error.ts'
import { DeviceCode } from './device-code.tsx'
import { fetchAll, keptVillage } from './kept-village.ts'
import { MyDevices } from './my-devices.tsx'
import { useOpenVault } from './vault-context.ts'
import { offlineWords } from './words.ts'

const dayMs = 24 * 3_600_000

/** What lies on this device, until when, under which code; and the person's other devices. */
export const DevicePage = () => {
  const { device: words, unsealed } = useWordsOf(offlineWords)
  const vault = useOpenVault()
  return (
    <Page title={words.title} lead={words.lead}>
      {vault === null ? (
        <Card>
          <p>{unsealed}</p>
        </Card>
      ) : (
        <div className="beside">
          <div className="stack">
            <WhatIsKept />
            <DeviceCode vault={vault} />
          </div>
          <MyDevices here={vault.device} />
        </div>
      )}
    </Page>
  )
}

const useRecord = (account: string): DeviceRecord | null => {
  const [record, setRecord] = useState<DeviceRecord | null>(null)
  useEffect(() => {
    readDevice(account).then(setRecord, () => setRecord(null))
  }, [account])
  return record
}

const WhatIsKept = () => {
  const { device: words } = useWordsOf(offlineWords)
  const pick = usePick()
  const toast = useToast()
  const memory = useQueryClient()
  const { account, role } = useActor()
  const { held } = useOutbox()
  const keeper = useKeeper()
  const record = useRecord(account)
  const [busy, setBusy] = useState(false)
  const [emptying, setEmptying] = useState(false)
  const update = async () => {
    if (keeper === null) return
    setBusy(true)
    try {
      await fetchAll(memory, keeper, role === 'family-doctor')
      toast({ text: words.synced })
    } catch (thrown) {
      toast({ text: pick(showable(thrown).body), tone: 'danger' })
    }
    setBusy(false)
  }
  const empty = async () => {
    await emptyDevice(account)
    toast({ text: words.emptied })
    // The memory of this page goes too: a new page begins with what the server says.
    window.location.reload()
  }
  const unsent = held.filter(({ state }) => state !== 'sent').length
  return (
    <Card title={words.what}>
      <div className="stack">
        <Facts
          facts={[
            [words.people, String(keptVillage(keeper)?.persons.length ?? 0)],
            [words.answers, String(keeper?.names().length ?? 0)],
            [words.unsent, String(unsent)],
            ...(record === null
              ? []
              : ([
                  [words.contact, formatInstant(record.contactAt)],
                  [
                    words.until,
                    `${formatInstant(record.contactAt + record.terms.keepDays * dayMs)} · ${words.days(record.terms.keepDays)}`,
                  ],
                ] as const)),
          ]}
        />
        <div className="along">
          <Button busy={busy} onClick={() => void update()}>
            {words.sync}
          </Button>
          <Button tone="danger" onClick={() => setEmptying(true)}>
            {words.empty}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        title={words.empty}
        consequence={words.emptyWhat}
        act={words.empty}
        open={emptying}
        onClose={() => setEmptying(false)}
        onConfirm={() => void empty()}
      />
    </Card>
  )
}
