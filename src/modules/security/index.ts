import { deviceHalf, devices, registerDevice, revokeDevice } from './devices.ts'
import { changePassword, createAccount, disableAccount, me, signOutEverywhere } from './forms.ts'

export { securityRefusals, signInInput } from './contract.ts'
export type { ShownActor } from './contract.ts'
export { actorOfLogin, actorOfToken, signIn, signOut } from './sessions.ts'
export { hashPassword } from './password.ts'
export { saveAccount } from './store.ts'
export type { NewAccount } from './store.ts'
export { deviceStanding, noteDeviceWiped } from './devices.ts'
export type { ShownDevice } from './devices.ts'

/** Everything about accounts; signing in and out are routes of their own, because they set the cookie. */
export const securityForms = {
  'security.me': me,
  'security.create-account': createAccount,
  'security.disable-account': disableAccount,
  'security.change-password': changePassword,
  'security.sign-out-everywhere': signOutEverywhere,
  'security.register-device': registerDevice,
  'security.device-half': deviceHalf,
  'security.devices': devices,
  'security.revoke-device': revokeDevice,
} as const
