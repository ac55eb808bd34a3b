import assert from 'node:assert/strict'
import test from 'node:test'
import { actorOfBearer } from '../../modules/smart/index.ts'
import { readConfig } from '../../platform/config.ts'
import { sql } from '../../platform/database/pool.ts'
import { setStage } from '../../../tests/harness/stage.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { newId, type AccountId } from '../../kernel/id.ts'
import { saveAccount } from '../../modules/security/index.ts'
import { hostInstant } from '../../kernel/clock.ts'
import { CliRefusal } from './cli-refusal.ts'
import { tokenCommand } from './token-command.ts'

test('a script of the operator gets a token that counts as an account, for its hours, and stands in the audit', async (t) => {
  const made = await testHouse(t)
  const stage = await setStage(made)
  const desk = { id: newId<AccountId>(), login: 'a-desk', role: 'referral-desk', org: stage.desk.org, person: null } as const
  await made.database.transaction((tx) =>
    saveAccount(tx, { ...desk, passwordHash: 'none', zh: '转诊台', en: 'Desk', at: hostInstant() }),
  )
  const config = readConfig({ DATABASE_URL: made.ownerUrl })
  const lines: string[] = []
  const wish = { login: 'a-desk', scopes: 'user/Observation.rs system/*.cruds openid', hours: '2', asJson: true }
  await tokenCommand(config, wish, (line) => lines.push(line))
  const given = JSON.parse(lines[0] as string) as { access_token: string; scope: string; hours: number }
  assert.deepEqual(
    [given.scope, given.hours],
    ['user/Observation.rs', 2],
    'only scopes of a user are given, and nothing signs in',
  )
  const caller = await actorOfBearer(made.house)(given.access_token)
  assert.deepEqual([caller?.actor.role, caller?.actor.org, caller?.client], ['referral-desk', stage.desk.org, 'jieli-operator'])
  const [row] = await made.database.rows<{ hours: number; told: number }>(sql`select
    extract(epoch from (select max(expires_at - issued_at) from smart.token)) / 3600 as hours,
    (select count(*)::int from platform.audit where form = 'smart.token' and outcome = 'done') as told`)
  assert.deepEqual([Number(row?.hours), row?.told], [2, 1])
  await tokenCommand(config, { ...wish, scopes: undefined, hours: undefined }, (line) => lines.push(line))
  assert.equal((JSON.parse(lines[1] as string) as { scope: string }).scope, 'user/*.cruds')
  for (const wrong of [{ login: 'nobody' }, { hours: '0' }, { hours: '25' }, { scopes: 'patient/*.rs' }])
    await assert.rejects(
      tokenCommand(config, { ...wish, ...wrong }, () => undefined),
      CliRefusal,
    )
})
