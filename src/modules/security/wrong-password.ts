import type { Actor } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import * as store from './store.ts'
import { countWrong, policyOfToday } from './tries.ts'

/** Counts a wrong old password given by somebody who is signed in; too many lock the account and end its sessions. */
export const countWrongPassword = async (house: House, actor: Actor, request: string): Promise<void> => {
  const policy = await policyOfToday(house)
  await asSystem(house.database).transaction(async (tx) => {
    const login = await store.findLogin(tx, actor.account)
    const account = login && (await store.lockAccount(tx, login))
    if (account)
      await countWrong(tx, account, 'security.wrong-account-or-password', policy, {
        form: 'security.change-password',
        request,
        inSession: true,
      })
  })
}
