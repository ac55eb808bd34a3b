import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import { useActor } from '../../shell/session.tsx'
import { firstKeys, readKeys, type DeskKeys } from './desk-keys.ts'

type KeysInUse = { keys: DeskKeys; keep: (keys: DeskKeys) => void }
const KeysContext = createContext<KeysInUse>({ keys: firstKeys, keep: () => undefined })

/** Gives the desk its keys; each account has its own on this device. */
export const DeskKeysProvider = ({ children }: { children: ReactNode }) => {
  const keptUnder = `jieli-keys-${useActor().account}`
  const [keys, setKeys] = useState(() => readKeys(localStorage.getItem(keptUnder)))
  const inUse = useMemo<KeysInUse>(
    () => ({
      keys,
      keep: (next) => {
        setKeys(next)
        localStorage.setItem(keptUnder, JSON.stringify(next))
      },
    }),
    [keys, keptUnder],
  )
  return <KeysContext value={inUse}>{children}</KeysContext>
}

/** The desk's keys, and how to keep others. */
export const useDeskKeys = (): KeysInUse => useContext(KeysContext)
