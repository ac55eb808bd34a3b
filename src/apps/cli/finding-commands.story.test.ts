import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { findingRegion, ID, pool, VILLAGE } from '../../../tests/harness/finding-region.ts'
import { sql } from '../../platform/database/pool.ts'
import { readConfig } from '../../platform/config.ts'
import { CliRefusal } from './cli-refusal.ts'
import { importTravelTimes } from './import-travel.ts'
import { RUNNING_FILE } from './running-server.ts'
import { whatIfNavigation } from './what-if-command.ts'

test('import travel and what-if navigation at a running house', async (t) => {
  const house = await findingRegion(t)
  const folder = mkdtempSync(join(tmpdir(), 'jieli-finding-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, RUNNING_FILE),
    JSON.stringify({ pid: process.pid, address: 'http://127.0.0.1:1', token: 'x', appUrl: house.appUrl }),
  )
  const config = { ...readConfig(), dataFolder: folder, databaseUrl: null }
  const fileOf = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const lines: string[] = []
  const print = (line: string): unknown => lines.push(line)

  await t.test('a file with a fault is refused whole, each line named', async () => {
    const path = fileOf('bad.csv', `from,institution,minutes,by\n${VILLAGE},3,50,car\n${VILLAGE},77,50,car\n`)
    await assert.rejects(importTravelTimes(config, { path, source: undefined, asJson: false }, print), CliRefusal)
    assert.match(lines.join('\n'), /第 3 行 line 3: 没有机构 77/)
    assert.equal((await house.database.rows(sql`select from navigation.travel_time`)).length, 0)
  })

  await t.test('a whole file is taken and said', async () => {
    const path = fileOf('good.csv', `from,institution,minutes,by\n${VILLAGE},3,50,car\n`)
    lines.length = 0
    await importTravelTimes(config, { path, source: undefined, asJson: true }, print)
    assert.deepEqual(JSON.parse(lines[0] as string), { event: 'summary', name: 'good.csv', rows: 1, places: 1, isSame: false })
  })

  await t.test('other weights of a file are tried on the referrals of the last days', async () => {
    await pool(house, ID.county, 2)
    await pool(house, ID.city, 1)
    await house.database
      .run(sql`insert into referral.referral (org_id, id, slip_no, version, direction, urgency, state, state_since, person_id, sender_name, receiver_org,
        specialty, condition_key, condition_words, letter, opened_at, rulebook_hash)
      select 1, gen_random_uuid(), 'T' || day, 1, 'up', 'ordinary', 'submitted', platform.jieli_now(), 77, '{"zh":"演示"}', 3, '0304', 'coronary-heart-disease', '{"zh":"冠心病"}',
        '{}', platform.jieli_now() - day * interval '1 day', 'x' from generate_series(1, 3) as day`)
    const weights = fileOf('weights.yaml', 'routine: { tier-step: 0, other-consortium: 0, own-lead: 0, key-tag: 40 }\n')
    lines.length = 0
    await whatIfNavigation(config, { weights, days: '30', asJson: false }, print)
    assert.match(lines[0] as string, /最近 30 天 3 份转诊,3 份有可去之处;改用新权重后 3 份的首选会改变/)
    assert.ok(lines.some((line) => /3 {2}县人民医院.* → 市中心医院/.test(line)))
    const bad = fileOf('bad.yaml', 'routine: { kilometre: -1 }\n')
    await assert.rejects(whatIfNavigation(config, { weights: bad, days: undefined, asJson: false }, print), CliRefusal)
  })
})
