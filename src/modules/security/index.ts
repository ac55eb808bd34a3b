import { deviceHalf, devices, registerDevice, revokeDevice } from './devices.ts'
import { askFactorReset, decideFactorReset, endSession, factorResets, mySignIn, requireFactor } from './factor-forms.ts'
import { changePassword, createAccount, disableAccount, me, signOutEverywhere } from './forms.ts'

export { codeInput, proofInput, securityRefusals, signInInput } from './contract.ts'
export type { ShownActor, SignInAnswer } from './contract.ts'
export { admission, DANGEROUS } from './admission.ts'
export { actorOfLogin, actorOfToken, actorsOfAccounts, hashOf as hashOfToken, tokenReader, signIn, signOut } from './sessions.ts'
export { everybody } from './forms.ts'
export { policyOfToday } from './tries.ts'
export type { Begun, From } from './sessions.ts'
export { beginFactor, confirmFactor, proveAgain, signInWithCode } from './second-factor.ts'
export { countWrongPassword } from './wrong-password.ts'
export { hashPassword } from './password.ts'
export { findAccount as accountOfLogin, saveAccount } from './store.ts'
export type { NewAccount } from './store.ts'
export { deviceStanding, noteDeviceWiped } from './devices.ts'
export type { ShownDevice } from './devices.ts'

/** Everything about accounts; signing in and out are routes of their own, because they set the cookie. */
export const securityForms = {
  'security.me': me,
  'security.my-sign-in': mySignIn,
  'security.create-account': createAccount,
  'security.disable-account': disableAccount,
  'security.change-password': changePassword,
  'security.sign-out-everywhere': signOutEverywhere,
  'security.end-session': endSession,
  'security.require-factor': requireFactor,
  'security.ask-factor-reset': askFactorReset,
  'security.decide-factor-reset': decideFactorReset,
  'security.factor-resets': factorResets,
  'security.register-device': registerDevice,
  'security.device-half': deviceHalf,
  'security.devices': devices,
  'security.revoke-device': revokeDevice,
} as const
