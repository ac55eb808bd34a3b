import { resolve } from 'node:path'

/**
 * Every setting in one place: its environment variable, default, unit and sentence.
 * `docs/settings.md` is written from this table by `npx jieli settings --write`.
 */
export const SETTINGS = {
  port: { env: 'PORT', default: '8080', unit: 'TCP port, 0 = any free one', says: 'Where the web desks and the API listen.' },
  host: { env: 'HOST', default: '127.0.0.1', unit: 'address', says: 'The address to listen on; 0.0.0.0 for every network card.' },
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
  rulebook: { env: 'JIELI_RULEBOOK', default: '', unit: 'folder', says: 'A rulebook of your own; empty = the one shipped.' },
  secureCookie: { env: 'JIELI_SECURE_COOKIE', default: 'off', unit: 'on|off', says: 'Set to on behind TLS: the session cookie then travels by TLS only.' },
  poolSize: { env: 'JIELI_POOL', default: '8', unit: 'connections', says: 'Database connections of one server process.' },
} as const

export type Config = {
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  readonly databaseUrl: string | null
  readonly zone: string
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug'
  readonly demo: boolean
  readonly demoSeed: string
  readonly demoResidents: number
  readonly masterKey: string | null
  readonly rulebook: string | null
  readonly secureCookie: boolean
  readonly poolSize: number
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
  const masterKey = raw('masterKey')
  if (masterKey && !/^[0-9a-f]{64}$/i.test(masterKey)) throw new SettingError('JIELI_MASTER_KEY', '…', SETTINGS.masterKey.unit)
  return {
    port: whole('port', 65_535),
    host: raw('host'),
    dataFolder: resolve(raw('dataFolder')),
    databaseUrl: raw('databaseUrl') || null,
    zone: zoneOf(raw('zone')),
    logLevel: oneOf('logLevel', ['fatal', 'error', 'warn', 'info', 'debug']),
    demo: oneOf('demo', ['on', 'off']) === 'on',
    demoSeed: raw('demoSeed'),
    demoResidents: whole('demoResidents', 5_000_000),
    masterKey: masterKey || null,
    rulebook: raw('rulebook') || null,
    secureCookie: oneOf('secureCookie', ['on', 'off']) === 'on',
    poolSize: Math.max(2, whole('poolSize', 200)),
  }
}

const zoneOf = (zone: string): string => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new SettingError('JIELI_ZONE', zone, SETTINGS.zone.unit)
  }
}
