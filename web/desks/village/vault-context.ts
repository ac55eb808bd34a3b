import { createContext, use } from 'react'
import type { Vault } from '../../api/vault.ts'

export const VaultContext = createContext<Vault | null>(null)

/** The opened place on this device; null on a plain-HTTP address, where nothing is kept. */
export const useOpenVault = (): Vault | null => use(VaultContext)
