import { Client } from 'pg'
import { instant } from '../src/kernel/clock.ts'
import { dayOf } from '../src/kernel/day.ts'
import { newId, type AccountId, type OrgId } from '../src/kernel/id.ts'
import type { Ending } from '../src/apps/ending.ts'
import { hashPassword, saveAccount } from '../src/modules/security/index.ts'
import type { Role } from '../src/platform/access.ts'
import { asSystem } from '../src/platform/database/as-system.ts'
import { databaseNow, openDatabase, type Database } from '../src/platform/database/pool.ts'
import { PLACES, putSmallRegion, type PlaceName } from '../sim/small-region.ts'
import { signedIn, type HttpClient } from './http-client.ts'
import { putPersons, putRecords } from './referral-people.ts'
import { startHouse } from './running-house.ts'

export const ROUNDS = 5
/** With how many connections each round sends, and how many referrals. */
export const SENDING = [
  { connections: 1, referrals: 150 },
  { connections: 8, referrals: 400 },
  { connections: 32, referrals: 400 },
] as const
export const WARM_UP = 300
/** Open cases of the one receiver whose worklist is read. */
export const OPEN_CASES = 10_000

/** Referrals that the server sends in a whole run; as many persons have a record. */
export const SENT = WARM_UP + ROUNDS * SENDING.reduce((sum, { referrals }) => sum + referrals, 0)
const ZONE = 'Asia/Shanghai'

/** The running house with everything that the measurements need in it. */
export type Stage = {
  readonly database: Database
  readonly address: string
  /** A connection of one's own, as the app's role. */
  readonly connect: () => Promise<Client>
  readonly doctor: (connections: number) => Promise<HttpClient>
  readonly desk: (connections: number) => Promise<HttpClient>
}

const DOCTOR = { login: 'bench-doctor', role: 'village-doctor', place: 'village' } as const
const DESK = { login: 'bench-desk', role: 'referral-desk', place: 'countyTcm' } as const

const putAccount = async (
  db: Database,
  { login, role, place }: { login: string; role: Role; place: PlaceName },
  passwordHash: string,
): Promise<void> => {
  const at = await databaseNow(db)
  const id = newId<AccountId>()
  const org = PLACES[place] as OrgId
  await db.transaction((tx) =>
    saveAccount(tx, { id, login, passwordHash, role, org, person: null, zh: '演示人员', en: null, at }),
  )
}

/** Starts the house and puts the region, two accounts, all persons and their records into it. */
export const openStage = async (ending: Ending): Promise<Stage> => {
  const { address, appUrl } = await startHouse(ending, (process.env['BENCH_SERVER_FLAGS'] ?? '').split(' ').filter(Boolean))
  // What the measurements put in and look up, they do as the house itself.
  const database = asSystem(openDatabase(appUrl, { size: 2, statementTimeoutMs: 120_000 }))
  ending.onEnd(database.close)
  await putSmallRegion(database)
  const password = newId()
  const passwordHash = await hashPassword(password)
  await putAccount(database, DOCTOR, passwordHash)
  await putAccount(database, DESK, passwordHash)
  const now = instant(await databaseNow(database))
  await putPersons(database, 2 * SENT + OPEN_CASES, now)
  await putRecords(database, SENT, { today: dayOf(now, ZONE), now, zone: ZONE })
  const client = async (login: string, connections: number): Promise<HttpClient> => {
    const opened = await signedIn(address, { login, password }, connections)
    ending.onEnd(opened.close)
    return opened
  }
  return {
    database,
    address,
    connect: async () => {
      const opened = new Client({ connectionString: appUrl, application_name: 'bench' })
      // The end of the server ends what is still open; that is no failure of the run.
      opened.on('error', () => {})
      await opened.connect()
      await opened.query(`set jieli.role = 'system'`)
      ending.onEnd(() => opened.end())
      return opened
    },
    doctor: (connections) => client(DOCTOR.login, connections),
    desk: (connections) => client(DESK.login, connections),
  }
}
