import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { PersonId } from '../../src/kernel/id.ts'
import { openDatabase, sql } from '../../src/platform/database/pool.ts'
import { SESSION_COOKIE } from '../../src/platform/http/app.ts'
import { sendCommand, sendCommands } from '../../web/api/client.ts'
import { openOutbox, type NewCommand, type Outbox } from '../../web/api/outbox.ts'
import { countByState, type QueuedCommand, type QueueMeans } from '../../web/api/queue.ts'
import { serverNow } from '../../web/api/server-clock.ts'
import { serve, type Served } from '../api/serve.ts'
import { PLACES, seeded, STAFF } from '../invariants/small-region.ts'
import { badLine, type BadLine } from './bad-line.ts'

// A village that was cut off for days comes back on the worst line that is served. JIELI_SEED gives another run.
const seed = Number(process.env['JIELI_SEED'] ?? 20_261_122)
const line: BadLine = { seed, bitsPerSecond: 64_000, latencyMs: 150, loss: 0.2, cut: 0.004 }
const withinMs = 120_000
const [persons, measuredEach, newcomers] = [60, 6, 20] as const
const commandsInAll = persons * (measuredEach + 2) + newcomers

const sentences = ['近一周头晕明显,自测血压偏高', '规律服药三月余,控制不佳', '活动后气促,休息可缓解', '空腹血糖反复升高', '建议专科评估用药方案', '既往有脑梗死病史五年', '家属诉夜间睡眠差'] // prettier-ignore

/** No server listens there: a device that is cut off. */
const nowhere = 'http://127.0.0.1:1'

type Device = { outbox: Outbox; joins: (address: string) => void; isDone: () => Promise<void> }

/** A device's queue that sends by the browser's own code; it is cut off until it joins a line, and ends with the test. */
const device = (t: TestContext): Device => {
  let address = nowhere
  const plain = globalThis.fetch
  globalThis.fetch = (path, request) =>
    plain(`${address}${String(path)}`, {
      ...request,
      headers: {
        ...(request?.headers as Record<string, string>),
        cookie: `${SESSION_COOKIE}=token-of-${STAFF.villageDoctor.account}`,
      },
    })
  const kept = new Map<string, QueuedCommand>()
  let timer: NodeJS.Timeout | undefined
  t.after(() => {
    clearTimeout(timer)
    globalThis.fetch = plain
  })
  const means: QueueMeans = {
    store: {
      load: async () => [...kept.values()],
      put: async (entries, replaced) => {
        for (const entry of entries) kept.set(entry.key, structuredClone(entry))
        if (replaced !== undefined) kept.delete(replaced)
      },
      remove: async (key) => void kept.delete(key),
    },
    send: sendCommand,
    sendMany: sendCommands,
    now: () => performance.timeOrigin + performance.now(),
    serverNow,
    wakeAfter: (delayMs, run) => {
      clearTimeout(timer)
      timer = setTimeout(run, delayMs)
    },
    alone: (work) => work(),
  }
  const outbox = openOutbox(STAFF.villageDoctor.account as string, means)
  const isDone = () =>
    new Promise<void>((resolve) => {
      const look = () => void (outbox.entries().every(({ state }) => state !== 'saved') && (stop(), resolve()))
      const stop = outbox.watch(look)
      look()
    })
  return { outbox, joins: (line) => (address = line), isDone }
}

const letterOf = (chance: ReturnType<typeof seeded>) => {
  const said = (count: number) => Array.from({ length: count }, () => chance.one(sentences)).join(';')
  return { impression: '高血压病', reason: said(6), pastHistory: said(4), treatment: said(4) }
}

/** What was done while cut off, in its order: all about one person hangs together, the persons are mixed. */
const workOf = (people: readonly PersonId[], chance: ReturnType<typeof seeded>): NewCommand[] => {
  const about = people.map((person): Omit<NewCommand, 'key'>[] => [
    ...Array.from({ length: measuredEach }, (_, at) => ({
      name: 'health-record.record-observation',
      body: { person, measure: 'blood-pressure', systolic: 130 + at, diastolic: 80 },
      label: '血压',
      line: person,
    })),
    { name: 'residents.correct', body: { person, ifVersion: 1, address: `${chance.below(90)} 号` }, label: '更正', line: person },
    {
      name: 'referral.send',
      body: { person, receiver: PLACES.countyHospital, specialty: '0300', condition: { key: 'I10', zh: '高血压' }, consent: { by: 'patient' }, letter: letterOf(chance) },
      label: '转诊',
      line: person,
    },
  ]) // prettier-ignore
  const fresh = Array.from({ length: newcomers }, (_, at) => [
    {
      name: 'residents.register',
      body: { name: { zh: `新演示${at}` }, sex: 'unknown', bornOn: '1970-01-01' },
      label: '登记',
      line: null,
    },
  ])
  const rows = [...about, ...fresh]
  const mixed: NewCommand[] = []
  while (rows.length > 0) {
    const at = chance.below(rows.length)
    const next = rows[at]?.shift()
    if (next === undefined) rows.splice(at, 1)
    else mixed.push({ ...next, key: `key-${mixed.length}` })
  }
  return mixed
}

const peopleOf = async ({ house }: Served): Promise<PersonId[]> => {
  const people: PersonId[] = []
  for (let at = 0; at < persons; at += 1) {
    const registered = await house.done('residents.register', STAFF.villageDoctor, {
      name: { zh: `演示村民${at}` },
      sex: 'male',
      bornOn: '1960-01-01',
    })
    people.push(registered.person as PersonId)
  }
  return people
}

type Found = { observations: number; referrals: number; newcomers: number; corrections: number; keys: number; disordered: number }

const foundIn = async ({ house }: Served): Promise<Found | null> => {
  const owner = openDatabase(house.ownerUrl, { size: 1 })
  const found = await owner.row<Found>(sql`with measured as (
      select person_id, (body::jsonb #>> '{component,0,valueQuantity,value}')::int as systolic, row_number() over (partition by person_id order by recorded_at, id) as place
      from health_record.resource where type = 'Observation')
    select (select count(*)::int from measured) as observations, (select count(*)::int from referral.referral) as referrals,
      (select count(*)::int from residents.person where zh like '新演示%') as newcomers, (select count(*)::int from residents.correction) as corrections,
      (select count(*)::int from platform.idempotency where key like 'key-%') as keys,
      (select count(*)::int from measured where systolic <> 129 + place) as disordered`)
  await owner.close()
  return found
}

test(`500 commands saved while cut off arrive over 64 kbit/s with a fifth of all segments lost, within two minutes, each once (seed ${seed})`, async (t) => {
  const served = await serve(t)
  const work = workOf(await peopleOf(served), seeded(seed))
  assert.equal(work.length, commandsInAll)
  const { url, counts } = await badLine(t, served.address, line)
  const { outbox, joins, isDone } = device(t)
  for (const command of work) await outbox.save(command)
  assert.equal(countByState(outbox.entries(), STAFF.villageDoctor.account as string).saved, commandsInAll)
  joins(url)
  const began = performance.now()
  await outbox.sendNow()
  await isDone()
  const tookMs = performance.now() - began
  t.diagnostic(`${work.length} commands in ${(tookMs / 1000).toFixed(1)} s; ${JSON.stringify(counts)}`)
  const states = countByState(outbox.entries(), STAFF.villageDoctor.account as string)
  const refused = outbox.entries().flatMap((entry) => (entry.state === 'failed' ? [entry.error.code] : []))
  assert.deepEqual([states, refused], [{ saved: 0, sent: commandsInAll, failed: 0 }, []])
  assert.deepEqual(await foundIn(served), {
    observations: persons * measuredEach, referrals: persons, newcomers, corrections: persons, keys: commandsInAll, disordered: 0,
  }) // prettier-ignore
  assert.deepEqual(served.bugs, [])
  assert.ok(tookMs < withinMs, `took ${tookMs} ms`)
  assert.ok(counts.lost > 0 && counts.cut > 0, 'the line was not bad: the run proves nothing')
})
