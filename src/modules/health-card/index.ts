import { allowApp, endApp, listApps, registerApp, withdrawApp } from './app-forms.ts'
import { bind, unbind } from './bindings.ts'
import { showCode } from './codes.ts'
import { apply, endCard, replace } from './commands.ts'
import { activeCode, create, modify, personInfo, registered, verify } from './interop/methods.ts'
import { mine, ofPerson, uses } from './queries.ts'
import { scan } from './scan.ts'

export { healthCardRefusals } from './contract.ts'
export { answerInterface } from './interop/answer.ts'
export { askInterface } from './interop/client.ts'
export type { Asker } from './interop/client.ts'
export { readQrText, signedPart } from './rules/qr-text.ts'

/** Everything that can be asked of e-health cards. */
export const healthCardForms = {
  'health-card.apply': apply,
  'health-card.end': endCard,
  'health-card.replace': replace,
  'health-card.show-code': showCode,
  'health-card.scan': scan,
  'health-card.bind': bind,
  'health-card.unbind': unbind,
  'health-card.mine': mine,
  'health-card.of-person': ofPerson,
  'health-card.uses': uses,
  'health-card.register-app': registerApp,
  'health-card.end-app': endApp,
  'health-card.apps': listApps,
  'health-card.allow-app': allowApp,
  'health-card.withdraw-app': withdrawApp,
  'health-card.app-create': create,
  'health-card.app-registered': registered,
  'health-card.app-person-info': personInfo,
  'health-card.app-modify': modify,
  'health-card.app-active-code': activeCode,
  'health-card.app-verify': verify,
} as const
