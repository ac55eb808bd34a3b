import type { AccountId, PersonId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { command, query, type Act } from '../../platform/forms/form.ts'
import { findPerson } from '../residents/index.ts'
import { everybody } from '../security/index.ts'
import { allowInput, askedInput, launchInput, noInput, type ShownAsking } from './contract.ts'
import { backTo, judgeAsking, mayBeRedirect, type Asking, type Judged } from './rules/authorisation.ts'
import { narrowScopes, readScopes, scopesText, type Scopes } from './rules/scopes.ts'
import { shownScopes } from './scope-words.ts'
import type { Client } from './smart.ts'
import * as store from './store.ts'
import { readTicket } from './ticket.ts'

type Facts = { readonly asking: Asking; readonly client: Client | null; readonly launch: store.Launch | null }
type Heard = {
  readonly asking: Asking
  readonly client: Client
  readonly judged: Extract<Judged, { kind: 'fits' }>
  readonly launch: store.Launch | null
}

const readAsked = async (tx: Tx, ticket: string, act: Act): Promise<Facts | null> => {
  const asking = readTicket(act.cipher, ticket)
  if (!asking) return { asking: {}, client: null, launch: null }
  const client = await store.findClient(tx, asking.client_id ?? '')
  const launch = asking.launch ? await store.findLaunch(tx, asking.launch) : null
  return { asking, client, launch: launch?.account === act.actor.account && launch.client === client?.id ? launch : null }
}

// The end point has judged all of it; it is judged again because the app may have been stopped, or its scopes changed, since.
const heard = ({ asking, client, launch }: Facts): Heard | 'smart.ticket-not-good' | 'smart.launch-over' => {
  const judged = judgeAsking(asking, client, [(asking.aud ?? '').replace(/\/$/, '')])
  if (!client || judged.kind !== 'fits') return 'smart.ticket-not-good'
  if (asking.launch && !launch) return 'smart.launch-over'
  return { asking, client, judged, launch }
}

const wantsPatient = ({ data, plain }: Scopes): boolean =>
  plain.includes('launch/patient') || data.some(({ level }) => level === 'patient')

const patientOf = ({ launch, judged }: Heard, act: Act): ShownAsking['patient'] => {
  if (launch?.person) return 'started-for'
  if (!wantsPatient(judged.scopes)) return 'none'
  return act.actor.role === 'resident' ? 'self' : 'choose'
}

const hoursOf = ({ plain }: Scopes, act: Act): number =>
  act.policy(
    'smart.refresh-hours',
    plain.includes('offline_access') ? 'offline' : plain.includes('online_access') ? 'online' : 'none',
  )

export const asked = query({
  name: 'smart.asked',
  by: everybody,
  basis: '居民授权后方可调阅;SMART App Launch 2.2',
  does: { zh: '一个应用申请接入时要什么,用白话说明。', en: 'What an app asks for that wants to be let in, in plain words.' },
  input: askedInput,
  read: async (tx, input, act) => {
    const facts = await readAsked(tx, input.ticket, act)
    const found = facts && heard(facts)
    return found && typeof found !== 'string' ? found : null
  },
  answer: (found, _input, act): ShownAsking => ({
    app: {
      id: found.client.id,
      ...found.client.name,
      goesTo: new URL(found.judged.redirectUri).host || found.judged.redirectUri,
    },
    scopes: shownScopes(found.judged.scopes),
    patient: patientOf(found, act),
    hours: hoursOf(found.judged.scopes, act),
    refuse: backTo(found.judged.redirectUri, { error: 'access_denied', state: found.judged.state }),
  }),
})

type AllowFacts = {
  readonly found: Exclude<ReturnType<typeof heard>, string> | 'smart.ticket-not-good' | 'smart.launch-over'
  readonly person: PersonId | null
}

const readAllow = async (
  tx: Tx,
  input: { ticket: string; person?: string | null | undefined },
  act: Act,
): Promise<AllowFacts | null> => {
  const facts = await readAsked(tx, input.ticket, act)
  if (!facts) return null
  const found = heard(facts)
  if (typeof found === 'string') return { found, person: null }
  const patient = patientOf(found, act)
  if (patient === 'none') return { found, person: null }
  if (patient === 'self') return { found, person: act.actor.person }
  if (patient === 'started-for') return { found, person: found.launch?.person ?? null }
  if (!input.person) return { found, person: null }
  const known = await findPerson(tx, input.person as PersonId)
  return known ? { found, person: known.id } : null
}

export const allow = command({
  name: 'smart.allow',
  by: everybody,
  basis: '居民授权后方可调阅;SMART App Launch 2.2',
  does: { zh: '允许一个应用接入,可去掉部分权限。', en: 'Lets an app in, with all or some of what it asks for.' },
  input: allowInput,
  read: readAllow,
  subject: ({ person }) => ({ person }),
  decide: ({ found, person }, input, act) => {
    if (typeof found === 'string') return refuse(found)
    const { client, judged, asking } = found
    const scopes = narrowScopes(readScopes(input.scopes), judged.scopes)
    if (scopes.data.length === 0 && !scopes.plain.includes('openid')) return refuse('smart.nothing-allowed')
    if (person === null && wantsPatient(scopes)) return refuse('smart.choose-patient')
    const allowance: Parameters<typeof store.saveAllowance>[1] = {
      id: act.newId(),
      client: client.id,
      account: act.actor.account as AccountId,
      scopes: scopesText(scopes),
      person: wantsPatient(scopes) || found.launch ? person : null,
      redirectUri: judged.redirectUri,
      challenge: judged.challenge,
      state: judged.state,
      nonce: asking.nonce ?? null,
      appContext: found.launch?.appContext ?? null,
      hours: hoursOf(scopes, act),
    }
    return ok({ change: allowance, answer: { allowance: allowance.id, next: `/oauth/continue?allowance=${allowance.id}` } })
  },
  write: store.saveAllowance,
})

/** Who may start an app from a desk: whoever treats people, for one of them, and a person for himself. */
const STARTERS = [
  'village-doctor@anyone',
  'family-doctor@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'resident@anyone',
] as const

export const launchable = query({
  name: 'smart.launchable',
  by: STARTERS,
  basis: 'SMART App Launch 2.2 (EHR launch)',
  does: { zh: '可以从工作台打开的应用。', en: 'The apps that can be started from the desk.' },
  input: noInput,
  read: (tx) => store.listClients(tx),
  answer: (found) => ({
    apps: found.flatMap(({ id, name, launchUrl, disabledAt }) =>
      launchUrl && !disabledAt ? [{ id, ...name, url: launchUrl }] : [],
    ),
  }),
})

export const launch = command({
  name: 'smart.launch',
  by: STARTERS,
  basis: 'SMART App Launch 2.2 (EHR launch)',
  does: {
    zh: '从工作台打开一个应用,可带上当前居民。',
    en: 'Starts an app from the desk, for the person at hand if there is one.',
  },
  input: launchInput,
  read: async (tx, input, act) => {
    const client = await store.findClient(tx, input.client)
    const wanted = act.actor.role === 'resident' ? act.actor.person : ((input.person ?? null) as PersonId | null)
    const person = wanted === null ? null : await findPerson(tx, wanted)
    return client && !client.disabledAt && (wanted === null || person) ? { client, person: person?.id ?? null } : null
  },
  relation: () => ['anyone'],
  subject: ({ person }) => ({ person }),
  decide: ({ client, person }, { appContext }, act) => {
    if (client.launchUrl === null || !mayBeRedirect(client.launchUrl)) return refuse('smart.no-launch-url')
    const id = act.newId()
    const change = { id, client: client.id, account: act.actor.account as AccountId, person, appContext: appContext ?? null }
    return ok({ change, answer: { launch: id, url: client.launchUrl } })
  },
  write: (tx, change, act) => store.saveLaunch(tx, change, act.policy('smart.launch-minutes')),
})
