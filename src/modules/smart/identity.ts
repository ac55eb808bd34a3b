import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose'
import { newId } from '../../kernel/id.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { actorsOfAccounts } from '../security/index.ts'
import type { Scopes } from './rules/scopes.ts'
import * as store from './store.ts'

/** The algorithm that OpenID Connect asks every server for. */
const ALGORITHM = 'RS256'
const LASTS_SECONDS = 300

const makeKey = async (house: House): Promise<store.SigningKey> => {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const kid = newId()
  const wrappedKey = house.cipher.newPersonKey()
  return {
    kid,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' },
    wrappedKey,
    sealedJwk: house.cipher.encrypt(wrappedKey, JSON.stringify(await exportJWK(privateKey))),
  }
}

/** The keys that sign who signed in; the first is made when it is first needed. */
const signingKeys = async (house: House): Promise<readonly store.SigningKey[]> => {
  const known = await store.listSigningKeys(asSystem(house.database))
  if (known.length > 0) return known
  const key = await makeKey(house)
  await asSystem(house.database).transaction((tx) => store.saveFirstSigningKey(tx, key))
  return store.listSigningKeys(asSystem(house.database))
}

/** The algorithm of CDS Hooks; the same key signs by it under a name of its own, because a key set names one algorithm for each. */
const STATEMENT_ALGORITHM = 'RS384'
const statementKid = (kid: string): string => `${kid}-384`

/** The public halves, for apps that check who signed in and services that check who asks. */
export const publicKeys = async (house: House): Promise<{ keys: object[] }> => ({
  keys: (await signingKeys(house)).flatMap(({ kid, publicJwk }) => [
    publicJwk,
    { ...publicJwk, kid: statementKid(kid), alg: STATEMENT_ALGORITHM },
  ]),
})

/** Says to a service outside who asks it: signed, for that one address, once, for a few minutes. @source CDS Hooks 2.0, trusting CDS clients */
export const signStatement = async (
  house: House,
  { issuer, audience }: { issuer: string; audience: string },
): Promise<string> => {
  const [key] = (await signingKeys(house)) as [store.SigningKey]
  const secret = await importJWK(JSON.parse(house.cipher.decrypt(key.wrappedKey, key.sealedJwk)) as JWK, STATEMENT_ALGORITHM)
  const seconds = await store.trueSeconds(asSystem(house.database))
  return new SignJWT({})
    .setProtectedHeader({ alg: STATEMENT_ALGORITHM, typ: 'JWT', kid: statementKid(key.kid), jku: `${issuer}/oauth/jwks` })
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(newId())
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + LASTS_SECONDS)
    .sign(secret)
}

/** Where a signed-in person stands in FHIR. */
const fhirUserOf = (issuer: string, account: string, person: string | null): string =>
  person ? `${issuer}/Patient/${person}` : `${issuer}/Practitioner/${account}`

/** Who signed in, signed by us for one app. */
export const identityToken = async (
  house: House,
  allowance: store.Allowance,
  scopes: Scopes,
  issuer: string,
): Promise<string> => {
  const [key] = (await signingKeys(house)) as [store.SigningKey]
  const secret = await importJWK(JSON.parse(house.cipher.decrypt(key.wrappedKey, key.sealedJwk)) as JWK, ALGORITHM)
  const known = (await actorsOfAccounts(asSystem(house.database), [allowance.account])).get(allowance.account)
  const seconds = await store.trueSeconds(asSystem(house.database))
  const saysWho = scopes.plain.includes('fhirUser') || scopes.plain.includes('profile')
  const claims = {
    ...(allowance.nonce ? { nonce: allowance.nonce } : {}),
    ...(saysWho ? { fhirUser: fhirUserOf(issuer, allowance.account, known?.actor.person ?? null) } : {}),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid })
    .setIssuer(issuer)
    .setSubject(allowance.account)
    .setAudience(allowance.client)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + LASTS_SECONDS)
    .sign(secret)
}
