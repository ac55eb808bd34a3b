import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Result } from '../../kernel/result.ts'
import {
  beginFactor,
  codeInput,
  confirmFactor,
  proofInput,
  proveAgain,
  signIn,
  signInInput,
  signInWithCode,
  signOut,
  type Begun,
  type From,
  type ShownActor,
  type SignInAnswer,
} from '../../modules/security/index.ts'
import { run } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { sendInputFaults, sendRefusals } from '../../platform/http/app.ts'
import type { IsSecure } from '../../platform/http/headers.ts'
import { checkInput } from '../../platform/http/input.ts'
import type { RateLimits } from '../../platform/http/rate-limit.ts'
import type { Authentication } from './authenticate.ts'
import { deviceName } from './device-name.ts'
import { giveToken, takeToken, tokenOf } from './session-cookie.ts'

export type SignInOptions = {
  readonly house: House
  readonly who: Authentication
  readonly isSecure: IsSecure
  readonly limits: RateLimits | null
}

const fromOf = (request: FastifyRequest): From => ({ request: request.id, device: deviceName(request.headers['user-agent']) })

/** Signing in, in one step or two, proving oneself again and signing out: routes of their own, because they set and clear the cookie. */
export const addSignInRoutes = (app: FastifyInstance, options: SignInOptions): void => {
  const { house, limits, isSecure } = options
  takes(app, options, 'security.sign-in', signInInput, async ({ account, password }, request, reply) => {
    const held = limits?.bySignIn(request.ip, account)
    if (held) return sendRefusals(house, reply, [held])
    return answerBegun(options, reply, await signIn(house, account, password, fromOf(request)))
  })
  takes(app, options, 'security.sign-in-code', codeInput, async ({ code }, request, reply) =>
    answerBegun(options, reply, await signInWithCode(house, tokenOf(request, isSecure) ?? '', code, fromOf(request))),
  )
  takes(app, options, 'security.prove', proofInput, async ({ proof }, request, reply) => {
    const token = tokenOf(request, isSecure) ?? ''
    const proved = await proveAgain(house, token, proof, fromOf(request))
    options.who.forget(token)
    return proved.ok ? proved.value : sendRefusals(house, reply, proved.refusals)
  })
  app.post('/api/security.sign-out', async (request, reply) => {
    const token = tokenOf(request, isSecure)
    if (token) {
      await signOut(house, token)
      options.who.forget(token)
    }
    takeToken(reply, isSecure)
    return {}
  })
  addFactorRoutes(app, options)
}

/** Setting up a second factor: its secret and recovery codes are shown once and never kept in an answer, so these are no commands. */
const addFactorRoutes = (app: FastifyInstance, options: SignInOptions): void => {
  const { house, isSecure } = options
  app.post('/api/security.begin-factor', async (request, reply) => {
    const begun = await beginFactor(house, tokenOf(request, isSecure) ?? '')
    return begun.ok ? begun.value : sendRefusals(house, reply, begun.refusals)
  })
  takes(app, options, 'security.confirm-factor', codeInput, async ({ code }, request, reply) => {
    const confirmed = await confirmFactor(house, tokenOf(request, isSecure) ?? '', code, fromOf(request))
    if (!confirmed.ok) return sendRefusals(house, reply, confirmed.refusals)
    const { recoveryCodes, ...begun } = confirmed.value
    return { ...(await takeOver(options, reply, begun)), recoveryCodes }
  })
}

const takes = <Input extends z.ZodType>(
  app: FastifyInstance,
  { house }: SignInOptions,
  name: string,
  schema: Input,
  work: (input: z.output<Input>, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void => {
  app.post(`/api/${name}`, async (request, reply) => {
    const input = checkInput(schema, request.body ?? {})
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    return work(input.value as z.output<Input>, request, reply)
  })
}

const answerBegun = async (options: SignInOptions, reply: FastifyReply, begun: Result<Begun>): Promise<unknown> =>
  begun.ok ? takeOver(options, reply, begun.value) : sendRefusals(options.house, reply, begun.refusals)

/** Every step has a token of its own; the one before it no longer counts. */
const takeOver = async (
  { house, isSecure }: SignInOptions,
  reply: FastifyReply,
  { token, minutes, next, actor }: Begun,
): Promise<SignInAnswer> => {
  giveToken(reply, token, minutes, isSecure)
  if (next !== 'whole') return { next, actor: null }
  const me = await run(house, formNamed(house, 'security.me'), {}, { actor, request: reply.request.id })
  if (!me.ok) throw new Error('Whoever has just signed in may ask who they are')
  return { next, actor: JSON.parse(me.value.text) as ShownActor }
}

const formNamed = (house: House, name: string) => {
  const form = house.forms.get(name)
  if (!form) throw new Error(`There is no form ${name}`)
  return form
}
