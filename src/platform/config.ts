import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { SUITE_NAMES, type SuiteName } from './crypto/suite.ts'

/**
 * Every setting in one place: its environment variable, default, unit and sentence.
 * `docs/settings.md` is written from this table by `npx jieli settings --write`.
 */
export const SETTINGS = {
  port: { env: 'PORT', default: '8080', unit: 'TCP port, 0 = any free one', says: 'Where the web desks and the API listen.' },
  host: { env: 'HOST', default: '127.0.0.1', unit: 'address', says: 'The address to listen on; 0.0.0.0 for every network card.' },
  publicUrl: {
    env: 'JIELI_PUBLIC_URL',
    default: '',
    unit: 'https:// URL, http:// for this machine only',
    says: 'The address under which browsers and apps know this server; needed for apps (SMART) anywhere but on this machine.',
  },
  privateNetworks: {
    env: 'JIELI_PRIVATE_NETWORKS',
    default: 'off',
    unit: 'on|off',
    says: 'Whether services that the house calls (keys of apps, decision support, subscriptions) may stand in a private network, also by http://.',
  },
  dataFolder: { env: 'JIELI_DATA', default: './data', unit: 'folder', says: 'The embedded database, keys and generated files.' },
  databaseUrl: {
    env: 'DATABASE_URL',
    default: '',
    unit: 'postgres:// URL of an owner role',
    says: 'A PostgreSQL 18 that you run; empty = the embedded one.',
  },
  zone: { env: 'JIELI_ZONE', default: 'Asia/Shanghai', unit: 'IANA zone', says: 'The region’s time zone: days begin and end by it.' },
  logLevel: { env: 'JIELI_LOG', default: 'info', unit: 'fatal|error|warn|info|debug', says: 'How much is logged (never personal data).' },
  demo: { env: 'JIELI_DEMO', default: 'on', unit: 'on|off', says: 'Whether a first start creates the synthetic demo region.' },
  demoSeed: { env: 'JIELI_DEMO_SEED', default: 'hunan', unit: 'text', says: 'The same seed gives the same demo region.' },
  demoResidents: { env: 'JIELI_DEMO_RESIDENTS', default: '20000', unit: 'persons', says: 'Synthetic residents of the demo region.' },
  masterKey: {
    env: 'JIELI_MASTER_KEY',
    default: '',
    unit: '64 hexadecimal digits',
    says: 'Wraps the keys of identifiers; empty = made once in the data folder. Lose it and identifiers cannot be read.',
  },
  cryptoSuite: {
    env: 'JIELI_CRYPTO_SUITE',
    default: 'international',
    unit: 'international|guomi',
    says: 'By which algorithms something new is sealed and signed: AES and Ed25519, or SM4, SM3 and SM2. What is there stays readable.',
  },
  auditHeads: {
    env: 'JIELI_AUDIT_HEADS',
    default: '',
    unit: 'folder',
    says: 'Where signed heads of the audit tree are handed to, best on another machine; empty = audit-heads in the data folder.',
  },
  rulebook: { env: 'JIELI_RULEBOOK', default: '', unit: 'folder', says: 'A rulebook of your own; empty = the one shipped.' },
  fhirProfiles: {
    env: 'JIELI_FHIR_PROFILES',
    default: '',
    unit: 'folder',
    says: 'StructureDefinitions with snapshots (*.json) that resources are checked by when they name them; empty = only those written by FHIR.',
  },
  secureCookie: { env: 'JIELI_SECURE_COOKIE', default: 'off', unit: 'on|off', says: 'Set to on behind TLS: the session cookie then travels by TLS only.' },
  trustProxy: {
    env: 'JIELI_TRUST_PROXY',
    default: '',
    unit: 'addresses or networks, separated by commas',
    says: 'Proxies in front whose X-Forwarded-For and -Proto are believed; empty = none. The proxy then limits connections.',
  },
  limits: { env: 'JIELI_LIMITS', default: 'on', unit: 'on|off', says: 'Whether too many requests are refused (429). Each process counts by itself.' },
  limitAccount: { env: 'JIELI_LIMIT_ACCOUNT', default: '300/900', unit: 'acts at once/per minute', says: 'Of one account.' },
  limitInstitution: { env: 'JIELI_LIMIT_INSTITUTION', default: '6000/18000', unit: 'acts at once/per minute', says: 'Of all accounts of one institution together.' },
  limitAddress: {
    env: 'JIELI_LIMIT_ADDRESS',
    default: '20000/60000',
    unit: 'requests at once/per minute',
    says: 'From one address; wide, because a village or thousands of telephones may stand behind one.',
  },
  limitSignIn: { env: 'JIELI_LIMIT_SIGN_IN', default: '10/10', unit: 'tries at once/per minute', says: 'To sign in to one account.' },
  limitSignInAddress: { env: 'JIELI_LIMIT_SIGN_IN_ADDRESS', default: '3000/1200', unit: 'tries at once/per minute', says: 'To sign in from one address, to any account.' },
  limitBooking: { env: 'JIELI_LIMIT_BOOKING', default: '60/60', unit: 'acts at once/per minute', says: 'Of one account that looks for and holds places.' },
  limitTriage: { env: 'JIELI_LIMIT_TRIAGE', default: '300/600', unit: 'texts at once/per minute', says: 'Triage without signing in, from one address.' },
  limitBulk: { env: 'JIELI_LIMIT_BULK', default: '60/60', unit: 'acts at once/per minute', says: 'Of one account that searches, imports and exports.' },
  connectionsPerAddress: { env: 'JIELI_CONNECTIONS_PER_ADDRESS', default: '2000', unit: 'connections', says: 'Open at once from one address; more are closed.' },
  poolSize: { env: 'JIELI_POOL', default: '8', unit: 'connections', says: 'Database connections of one server process.' },
  provinceUrl: {
    env: 'JIELI_PROVINCE_URL',
    default: '',
    unit: 'https:// URL, http:// for this machine only',
    says: 'The provincial platform that every move of a referral is told to; empty = docking is off. See docs/docking.md.',
  },
  provinceToken: { env: 'JIELI_PROVINCE_TOKEN', default: '', unit: 'text', says: 'What the house shows to the provincial platform; needed with its URL.' },
  triageModelUrl: {
    env: 'JIELI_TRIAGE_MODEL_URL',
    default: '',
    unit: 'https:// URL, http:// for this machine only',
    says: 'A larger model for a second opinion in triage, in the manner of OpenAI (…/v1); empty = off. Complaints of signed-in people are then sent there.',
  },
  triageModelKey: { env: 'JIELI_TRIAGE_MODEL_KEY', default: '', unit: 'text', says: 'What the house shows to that model’s address; empty = nothing.' },
  triageModelName: { env: 'JIELI_TRIAGE_MODEL', default: '', unit: 'text', says: 'The name of the model to ask for; needed with its URL.' },
  triageModelTimeout: { env: 'JIELI_TRIAGE_MODEL_TIMEOUT', default: '3', unit: 'seconds', says: 'How long the second opinion may take; the house’s own answer is given after that.' },
  mllpPort: { env: 'JIELI_MLLP_PORT', default: '', unit: 'TCP port, 0 = any free one', says: 'Where HL7 v2 messages are listened for (MLLP); empty = off. See docs/intake.md.' },
  mllpHost: { env: 'JIELI_MLLP_HOST', default: '127.0.0.1', unit: 'address', says: 'The address to listen on for HL7 v2.' },
  mllpFrom: { env: 'JIELI_MLLP_FROM', default: '', unit: 'addresses, separated by commas', says: 'Which addresses may send HL7 v2; empty = this machine only.' },
  mllpKey: { env: 'JIELI_MLLP_KEY', default: '', unit: 'PEM file', says: 'The private key for TLS of HL7 v2; needed with its certificate, both empty = without TLS.' },
  mllpCert: { env: 'JIELI_MLLP_CERT', default: '', unit: 'PEM file', says: 'The certificate for TLS of HL7 v2.' },
  mllpCa: { env: 'JIELI_MLLP_CA', default: '', unit: 'PEM file', says: 'Who signs the certificates of senders; set, a sender without one is refused.' },
  mllpBytes: { env: 'JIELI_MLLP_BYTES', default: '16000000', unit: 'bytes', says: 'The longest HL7 v2 message; of a longer one the beginning is kept.' },
  mllpIdle: { env: 'JIELI_MLLP_IDLE', default: '10', unit: 'seconds', says: 'After how long a message that does not end is given up and kept as cut off.' },
  provinceTimeout: { env: 'JIELI_PROVINCE_TIMEOUT', default: '10', unit: 'seconds', says: 'How long one answer of the provincial platform may take.' },
  insurerUrl: {
    env: 'JIELI_INSURER_URL',
    default: '',
    unit: 'https:// URL, http:// for this machine only',
    says: 'The insurer’s platform and the wallet beside it by which bills are paid; empty = bills are not priced. See docs/payment.md.',
  },
  insurerToken: { env: 'JIELI_INSURER_TOKEN', default: '', unit: 'text', says: 'What the house shows to the insurer’s platform; needed with its URL.' },
  insurerArea: { env: 'JIELI_INSURER_AREA', default: '', unit: '6 digits', says: 'The pooling area that the institutions stand in; needed with the platform’s URL.' },
  insurerTimeout: { env: 'JIELI_INSURER_TIMEOUT', default: '8', unit: 'seconds', says: 'How long one answer of the insurer’s platform may take.' },
} as const

export type Config = {
  readonly port: number
  readonly host: string
  /** The address under which this server is known, without a slash at the end; null where nobody set one. */
  readonly publicUrl: string | null
  /** Whether services that the house calls may stand in a private network. */
  readonly privateNetworks: boolean
  readonly dataFolder: string
  readonly databaseUrl: string | null
  readonly zone: string
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug'
  readonly demo: boolean
  readonly demoSeed: string
  readonly demoResidents: number
  readonly masterKey: string | null
  readonly cryptoSuite: SuiteName
  /** Where signed heads of the audit are handed to; null: into the data folder. */
  readonly auditHeads: string | null
  readonly rulebook: string | null
  readonly fhirProfiles: string | null
  readonly secureCookie: boolean
  /** Proxies that are believed; null when there is none. */
  readonly trustProxy: string | null
  /** How much may be asked; null when nothing is counted. */
  readonly limits: ConfiguredLimits | null
  readonly connectionsPerAddress: number
  readonly poolSize: number
  /** The insurer’s platform; null when bills are not priced. */
  readonly insurer: { readonly url: string; readonly token: string; readonly area: string; readonly timeoutMs: number } | null
  /** The provincial platform; null when docking is off. */
  readonly province: { readonly url: string; readonly token: string; readonly timeoutMs: number } | null
  /** Where HL7 v2 is listened for; null when it is off. */
  readonly mllp: ConfiguredMllp | null
  /** The larger model that gives triage a second opinion; null when it is off. */
  readonly triageModel: { readonly url: string; readonly key: string; readonly model: string; readonly timeoutMs: number } | null
}

/** How much may come at once, and how much a minute after that. */
type Allowance = { readonly burst: number; readonly perMinute: number }
export type ConfiguredLimits = Readonly<Record<'account' | 'institution' | 'address' | 'signIn' | 'signInAddress' | 'booking' | 'triage' | 'bulk', Allowance>>

/** How HL7 v2 is listened for; key, certificate and authority are files. */
export type ConfiguredMllp = {
  readonly port: number
  readonly host: string
  readonly from: readonly string[]
  readonly tls: { readonly keyFile: string; readonly certFile: string; readonly caFile: string | null } | null
  readonly bytesMost: number
  readonly idleMs: number
}

/** A setting that cannot be used: names the variable, both languages. */
export class SettingError extends Error {
  readonly zh: string
  readonly en: string
  constructor(env: string, value: string, wanted: string) {
    const en = `The setting ${env}=${JSON.stringify(value)} cannot be used: expected ${wanted}. Correct it and start again.`
    super(en)
    this.en = en
    this.zh = `设置 ${env}=${JSON.stringify(value)} 无法使用:应为 ${wanted}。请更正后重新启动。`
  }
}

/**
 * Reads every setting once at start.
 * @throws SettingError naming the first setting that cannot be used.
 */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const raw = (key: keyof typeof SETTINGS): string => env[SETTINGS[key].env]?.trim() || SETTINGS[key].default
  const whole = (key: keyof typeof SETTINGS, most: number): number => {
    const value = Number(raw(key))
    if (!/^\d+$/.test(raw(key)) || value > most) throw new SettingError(SETTINGS[key].env, raw(key), `${SETTINGS[key].unit}, at most ${most}`)
    return value
  }
  const oneOf = <T extends string>(key: keyof typeof SETTINGS, values: readonly T[]): T => {
    const found = values.find((value) => value === raw(key))
    if (found === undefined) throw new SettingError(SETTINGS[key].env, raw(key), values.join(' | '))
    return found
  }
  const allowance = (key: keyof typeof SETTINGS): Allowance => {
    const [burst = 0, perMinute = 0] = /^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(raw(key))?.slice(1).map(Number) ?? []
    if (burst === 0) throw new SettingError(SETTINGS[key].env, raw(key), `${SETTINGS[key].unit}, for instance ${SETTINGS[key].default}`)
    return { burst, perMinute }
  }
  const masterKey = raw('masterKey')
  if (masterKey && !/^[0-9a-f]{64}$/i.test(masterKey)) throw new SettingError('JIELI_MASTER_KEY', '…', SETTINGS.masterKey.unit)
  return {
    port: whole('port', 65_535),
    host: raw('host'),
    publicUrl: publicUrlOf(raw('publicUrl')),
    privateNetworks: oneOf('privateNetworks', ['on', 'off']) === 'on',
    dataFolder: resolve(raw('dataFolder')),
    databaseUrl: raw('databaseUrl') || null,
    zone: zoneOf(raw('zone')),
    logLevel: oneOf('logLevel', ['fatal', 'error', 'warn', 'info', 'debug']),
    demo: oneOf('demo', ['on', 'off']) === 'on',
    demoSeed: raw('demoSeed'),
    demoResidents: whole('demoResidents', 5_000_000),
    masterKey: masterKey || null,
    cryptoSuite: oneOf('cryptoSuite', SUITE_NAMES),
    auditHeads: raw('auditHeads') || null,
    rulebook: raw('rulebook') || null,
    fhirProfiles: raw('fhirProfiles') || null,
    secureCookie: oneOf('secureCookie', ['on', 'off']) === 'on',
    trustProxy: proxiesOf(raw('trustProxy')),
    limits:
      oneOf('limits', ['on', 'off']) === 'off'
        ? null
        : {
            account: allowance('limitAccount'),
            institution: allowance('limitInstitution'),
            address: allowance('limitAddress'),
            signIn: allowance('limitSignIn'),
            signInAddress: allowance('limitSignInAddress'),
            booking: allowance('limitBooking'),
            triage: allowance('limitTriage'),
            bulk: allowance('limitBulk'),
          },
    connectionsPerAddress: Math.max(1, whole('connectionsPerAddress', 1_000_000)),
    poolSize: Math.max(2, whole('poolSize', 200)),
    insurer: insurerOf(raw('insurerUrl'), raw('insurerToken'), raw('insurerArea'), Math.max(1, whole('insurerTimeout', 600))),
    province: provinceOf(raw('provinceUrl'), raw('provinceToken'), Math.max(1, whole('provinceTimeout', 600))),
    mllp: raw('mllpPort') === '' ? null : mllpOf(raw, whole),
    triageModel: triageModelOf(raw('triageModelUrl'), raw('triageModelKey'), raw('triageModelName'), Math.max(1, whole('triageModelTimeout', 60))),
  }
}

const proxiesOf = (text: string): string | null => {
  if (text === '') return null
  for (const network of text.split(',')) {
    const [address = '', bits] = network.trim().split('/')
    if (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new SettingError('JIELI_TRUST_PROXY', text, SETTINGS.trustProxy.unit)
  }
  return text.replaceAll(' ', '')
}

const mllpOf = (raw: (key: keyof typeof SETTINGS) => string, whole: (key: keyof typeof SETTINGS, most: number) => number): ConfiguredMllp => {
  const [keyFile, certFile, caFile] = [raw('mllpKey'), raw('mllpCert'), raw('mllpCa')]
  if ((keyFile === '') !== (certFile === '')) throw new SettingError(SETTINGS.mllpKey.env, keyFile, 'a key together with a certificate')
  const from = raw('mllpFrom').split(',').map((one) => one.trim()).filter((one) => one !== '')
  for (const address of from) if (isIP(address) === 0) throw new SettingError(SETTINGS.mllpFrom.env, raw('mllpFrom'), SETTINGS.mllpFrom.unit)
  return {
    port: whole('mllpPort', 65_535),
    host: raw('mllpHost'),
    from,
    tls: keyFile === '' ? null : { keyFile, certFile, caFile: caFile || null },
    bytesMost: Math.max(10_000, whole('mllpBytes', 512_000_000)),
    idleMs: Math.max(1, whole('mllpIdle', 3_600)) * 1_000,
  }
}

const THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]']

const publicUrlOf = (url: string): string | null => {
  if (url === '') return null
  const { protocol = '', hostname = '', search = '', hash = '' } = URL.parse(url) ?? {}
  const isSafe = protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname))
  if (!isSafe || search !== '' || hash !== '') throw new SettingError('JIELI_PUBLIC_URL', url, SETTINGS.publicUrl.unit)
  return url.replace(/\/+$/, '')
}

// Identity numbers travel there: only TLS, except to a platform on this machine, which a test or a demo has.
const provinceOf = (url: string, token: string, timeoutSeconds: number): Config['province'] => {
  if (url === '') return null
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {}
  if (protocol !== 'https:' && !(protocol === 'http:' && THIS_MACHINE.includes(hostname))) throw new SettingError('JIELI_PROVINCE_URL', url, SETTINGS.provinceUrl.unit)
  if (token === '') throw new SettingError('JIELI_PROVINCE_TOKEN', '', SETTINGS.provinceToken.unit)
  return { url: url.replace(/\/$/, ''), token, timeoutMs: timeoutSeconds * 1_000 }
}

// Identity numbers and money travel there: only TLS, except to a platform on this machine.
const insurerOf = (url: string, token: string, area: string, timeoutSeconds: number): Config['insurer'] => {
  if (url === '') return null
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {}
  if (protocol !== 'https:' && !(protocol === 'http:' && THIS_MACHINE.includes(hostname))) throw new SettingError('JIELI_INSURER_URL', url, SETTINGS.insurerUrl.unit)
  if (token === '') throw new SettingError('JIELI_INSURER_TOKEN', '', SETTINGS.insurerToken.unit)
  if (!/^\d{6}$/.test(area)) throw new SettingError('JIELI_INSURER_AREA', area, SETTINGS.insurerArea.unit)
  return { url: url.replace(/\/$/, ''), token, area, timeoutMs: timeoutSeconds * 1_000 }
}

// What people complain of travels there: only TLS, except to a model on this machine.
const triageModelOf = (url: string, key: string, model: string, timeoutSeconds: number): Config['triageModel'] => {
  if (url === '') return null
  const { protocol = '', hostname = '' } = URL.parse(url) ?? {}
  if (protocol !== 'https:' && !(protocol === 'http:' && THIS_MACHINE.includes(hostname))) throw new SettingError('JIELI_TRIAGE_MODEL_URL', url, SETTINGS.triageModelUrl.unit)
  if (model === '') throw new SettingError('JIELI_TRIAGE_MODEL', '', SETTINGS.triageModelName.unit)
  return { url: url.replace(/\/$/, ''), key, model, timeoutMs: timeoutSeconds * 1_000 }
}

const zoneOf = (zone: string): string => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new SettingError('JIELI_ZONE', zone, SETTINGS.zone.unit)
  }
}
