import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { openKeeper, KeeperProvider, type Keeper } from '../../api/keeper.tsx'
import { OutboxProvider } from '../../api/use-outbox.tsx'
import { useVault, type VaultState } from '../../api/use-vault.ts'
import type { CodeTry, Vault } from '../../api/vault.ts'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { VaultContext } from './vault-context.ts'
import { offlineWords } from './words.ts'

/** Opens what this device keeps for the account before the desk is shown: by signing in, or by the code without a network. */
export const DeviceGate = ({ account, children }: { account: string; children: ReactNode }) => {
  const { state, tryCode, retry, useAgain } = useVault(account)
  if (state.is === 'open')
    return (
      <Opened key={state.vault?.device ?? ''} account={account} vault={state.vault}>
        {children}
      </Opened>
    )
  return (
    <main id="content" tabIndex={-1} className="page">
      <Closed state={state} tryCode={tryCode} onRetry={retry} onAgain={useAgain} />
    </main>
  )
}

const Opened = ({ account, vault, children }: { account: string; vault: Vault | null; children: ReactNode }) => {
  const { isLost } = useSession()
  const [keeper, setKeeper] = useState<Keeper | null>(null)
  const [isReady, setReady] = useState(vault === null)
  useEffect(() => {
    if (vault === null) return
    let isOver = false
    const ready = (opened: Keeper | null) => {
      if (isOver) return
      setKeeper(opened)
      setReady(true)
    }
    // What is kept is only a copy: a desk without it still works while there is a network.
    openKeeper(vault).then(ready, () => ready(null))
    return () => {
      isOver = true
    }
  }, [vault])
  if (!isReady) return <Opening />
  return (
    <VaultContext value={vault}>
      <KeeperProvider keeper={keeper}>
        <OutboxProvider account={account} vault={vault} isSignedIn={!isLost}>
          {children}
        </OutboxProvider>
      </KeeperProvider>
    </VaultContext>
  )
}

const Opening = () => {
  const words = useWordsOf(offlineWords)
  return (
    <main id="content" tabIndex={-1} className="page">
      <h1 className="unseen">{words.opening}</h1>
      <Skeleton lines={5} />
    </main>
  )
}

type ClosedProps = {
  state: Exclude<VaultState, { is: 'open' }>
  tryCode: (code: string) => Promise<CodeTry>
  onRetry: () => void
  onAgain: () => void
}

const Closed = ({ state, tryCode, onRetry, onAgain }: ClosedProps) => {
  const words = useWordsOf(offlineWords)
  const [wasEmptied, setEmptied] = useState(false)
  switch (state.is) {
    case 'opening':
      return (
        <>
          <h1 className="unseen">{words.opening}</h1>
          <Skeleton lines={5} />
        </>
      )
    case 'failed':
      return (
        <>
          <h1 className="unseen">{words.locked.title}</h1>
          <ErrorNote error={state.error} onRetry={onRetry} />
        </>
      )
    case 'revoked':
      return (
        <>
          <h1 className="unseen">{words.revoked.title}</h1>
          <EmptyState
            kind="no-right"
            title={words.revoked.title}
            why={words.revoked.why}
            action={
              <Button tone="primary" onClick={onAgain}>
                {words.revoked.again}
              </Button>
            }
          />
        </>
      )
    case 'locked':
      if (state.hasCode) return <Unlock tryCode={tryCode} onRetry={onRetry} onEmptied={() => setEmptied(true)} />
      return (
        <>
          <h1 className="unseen">{words.locked.title}</h1>
          <EmptyState
            kind="offline"
            title={words.locked.title}
            why={wasEmptied ? words.unlock.emptied : state.wasOverdue ? words.locked.overdue : words.locked.why}
            action={<Button onClick={onRetry}>{words.unlock.online}</Button>}
          />
        </>
      )
  }
}

type UnlockProps = { tryCode: (code: string) => Promise<CodeTry>; onRetry: () => void; onEmptied: () => void }

const Unlock = ({ tryCode, onRetry, onEmptied }: UnlockProps) => {
  const { unlock: words } = useWordsOf(offlineWords)
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (code === '') return setFault(words.missing)
    setBusy(true)
    const tried = await tryCode(code)
    setBusy(false)
    setCode('')
    if (tried.is === 'wrong') setFault(words.wrong(tried.left))
    if (tried.is === 'emptied') onEmptied()
  }
  return (
    <form className="stack unlock" onSubmit={(event) => void submit(event)} noValidate>
      <h1>{words.title}</h1>
      <Card>
        <div className="stack">
          <p>{words.lead}</p>
          <TextField
            label={words.code}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            error={fault}
            required
            value={code}
            onChange={(typed) => (setFault(undefined), setCode(typed))}
          />
          <Button tone="primary" wide submit busy={busy} icon="lock">
            {words.go}
          </Button>
          <Button wide tone="quiet" onClick={onRetry}>
            {words.online}
          </Button>
        </div>
      </Card>
    </form>
  )
}
