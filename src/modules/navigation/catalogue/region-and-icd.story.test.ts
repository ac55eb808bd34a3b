import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { AccountId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql } from '../../../platform/database/pool.ts'
import { readConfig } from '../../../platform/config.ts'
import { importKnowledge } from '../../../apps/cli/import-knowledge.ts'
import { loadKnowledge } from '../../../apps/load-knowledge.ts'
import { makeIcdCsv } from '../../../../sim/icd-table.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { loadCatalogue, readCatalogue } from '../index.ts'

const resident: Actor = {
  account: '00000000-0000-4000-8000-000000000001' as AccountId,
  role: 'resident',
  org: null,
  person: null,
  name: { zh: '演示居民' },
}

/** A house with the shipped knowledge, and the command line upon its database. */
const opened = async (t: TestContext) => {
  const house = await testHouse(t)
  await loadKnowledge(house.house.database)
  const folder = mkdtempSync(join(tmpdir(), 'jieli-knowledge-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const config = { ...readConfig({ JIELI_DATA: folder }), databaseUrl: house.ownerUrl }
  const load = async (what: 'conditions' | 'icd', name: string, content: string | Uint8Array): Promise<string[]> => {
    const path = join(folder, name)
    writeFileSync(path, content)
    const lines: string[] = []
    try {
      await importKnowledge(config, { what, path, source: undefined, asJson: true }, (line) => lines.push(line))
    } catch (error) {
      lines.push((error as { zh?: string }).zh ?? String(error))
    }
    return lines
  }
  const summary = async (...of: Parameters<typeof load>): Promise<Record<string, unknown>> =>
    JSON.parse((await load(...of)).at(-1) ?? '{}') as Record<string, unknown>
  return { ...house, load, summary }
}

test('a region changes a tier and adds a condition; a bad file changes nothing; what is left out goes back', async (t) => {
  const { load, summary, done, database } = await opened(t)
  const tierOf = async (key: string) =>
    (await database.row<{ tier: string; retired: string | null }>(
      sql`select lowest_tier as tier, retired_on as retired from navigation.condition where key = ${key}`,
    )) ?? null
  const csv =
    'key,名称,en,别名,icd10,诊疗科目,最低层级,紧急程度,依据\ncopd,,,,,,县级,,本县慢病方案\nlocal-fever,山里热,Mountain fever,高山热|坡热,A79,1600,县级,尽快,本地区规定\n'
  assert.deepEqual(await summary('conditions', 'region.csv', csv), {
    event: 'summary',
    rows: 2,
    added: 1,
    changed: 1,
    retired: 0,
    isSame: false,
    bad: [],
  })
  assert.deepEqual([(await tierOf('copd'))?.tier, (await tierOf('local-fever'))?.tier], ['county', 'county'])
  assert.equal((await summary('conditions', 'region.csv', csv)).isSame, true)
  const { conditions } = await done('navigation.conditions', resident, { text: 'gsr' })
  assert.deepEqual(
    conditions.map(({ key }: { key: string }) => key),
    ['local-fever'],
  )

  const bad = 'key,lowestTier,specialty,source\nstroke,village,,x\ncopd,city,,\nno-such,county,0301,x\nasthma,county,9999,x\n'
  const refused = await load('conditions', 'bad.csv', bad)
  assert.match(refused[0] ?? '', /"line":3.*依据/)
  assert.match(refused.at(-1) ?? '', /整个文件没有导入/)
  const whole = await load('conditions', 'bad.csv', bad.replace('copd,city,,\n', ''))
  assert.deepEqual(
    whole.slice(0, -1).map((line) => (JSON.parse(line) as { line: number }).line),
    [2, 3, 4],
    'an emergency below the county, a half row, an unknown specialty',
  )
  assert.equal((await tierOf('copd'))?.tier, 'county')

  // A newer shipped edition changes other fields of the row: the region's tier stays upon it.
  const shipped = readCatalogue()
  const rows = shipped.rows.map((row) => (row.key === 'copd' ? { ...row, en: 'COPD' } : row))
  await database.transaction((tx) => loadCatalogue(tx, { ...shipped, hash: 'newer', rows }))
  const copd = await database.row(sql`select en, lowest_tier from navigation.condition where key = 'copd'`)
  assert.deepEqual(copd, { en: 'COPD', lowest_tier: 'county' })

  assert.deepEqual(await summary('conditions', 'none.yaml', '[]'), {
    event: 'summary',
    rows: 0,
    added: 0,
    changed: 1,
    retired: 1,
    isSame: false,
    bad: [],
  })
  assert.equal((await tierOf('copd'))?.tier, 'township')
  assert.notEqual((await tierOf('local-fever'))?.retired, null)
})

/** GB 18030 of a text, by asking the decoder about every pair of bytes: Node writes only Unicode. */
const gb18030 = (text: string): Uint8Array => {
  const decoder = new TextDecoder('gb18030')
  const pairs = new Map<string, readonly [number, number]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) if (low !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Uint8Array.from(
    [...text].flatMap((sign) => (sign.charCodeAt(0) < 0x80 ? [sign.charCodeAt(0)] : [...(pairs.get(sign) ?? [])])),
  )
}

test('an ICD-10 table is imported whole or not at all, in any usual encoding, and is found at once', async (t) => {
  const { load, summary, done, database } = await opened(t)
  const ask = async (text: string) =>
    (await done('navigation.icd-search', resident, { text })).rows as {
      code: string
      by: string
      condition: { key: string } | null
    }[]
  assert.deepEqual(await done('navigation.icd-search', resident, { text: '高血压' }), { edition: null, rows: [] })

  const table =
    '诊断编码,诊断名称,别名\nI10.x00x002,高血压病,血压高|原发性高血压病\nE11.300,2型糖尿病性视网膜病变,糖网病\nj44.100 ,慢性阻塞性肺病伴急性加重,\nA00.000+,霍乱,\nA00.000,霍乱,\n'
  assert.deepEqual(await summary('icd', 'gb.csv', gb18030(table)), {
    event: 'summary',
    name: 'gb.csv',
    rows: 4,
    added: 4,
    changed: 0,
    removed: 0,
    isSame: false,
  })
  assert.equal(
    (await summary('icd', 'bom.csv', `\uFEFF${table}`)).isSame,
    true,
    'the same table in another encoding is the same edition',
  )
  for (const [text, code, by, condition] of [
    ['高血压病', 'I10.x00x002', 'name', 'hypertension'],
    ['糖网病', 'E11.300', 'alias', 'diabetic-retinopathy'],
    ['糖尿病视网膜病', 'E11.300', 'similar', 'diabetic-retinopathy'],
    ['gxyb', 'I10.x00x002', 'initials', 'hypertension'],
    ['huoluan', 'A00.000', 'pinyin', 'cholera'],
    ['J441', 'J44.100', 'code', 'copd-severe-exacerbation'],
    ['e11.3', 'E11.300', 'code', 'diabetic-retinopathy'],
  ] as const) {
    const [first] = await ask(text)
    assert.deepEqual([first?.code, first?.by, first?.condition?.key], [code, by, condition], text)
  }
  const { conditions } = await done('navigation.conditions', resident, { text: '糖网病' })
  assert.deepEqual(
    [conditions[0].key, conditions[0].via],
    ['diabetic-retinopathy', { code: 'E11.300', zh: '2型糖尿病性视网膜病变' }],
  )

  const bad = await load('icd', 'bad.csv', '编码,名称\nI10,高血压\n123,错误\nE11,\n"I10",另一名称\n')
  assert.deepEqual(
    bad.slice(0, -1).map((line) => (JSON.parse(line) as { line: number }).line),
    [3, 4, 5],
  )
  assert.match(bad.at(-1) ?? '', /有 3 行不能导入.*现有数据不变/)
  assert.match((await load('icd', 'half.csv', '编码,名称\nI10,"高血压\n')).at(0) ?? '', /"line":2.*引号/)
  assert.match((await load('icd', 'noise.bin', Uint8Array.from([0x80, 0xff, 0xff]))).at(0) ?? '', /GB 18030/)
  assert.equal((await ask('霍乱'))[0]?.code, 'A00.000')

  // A newer table takes the place of the one before, and the search follows it.
  const newer = '编码,名称\nI10.x00x002,高血压病\nJ18.900,肺炎\n'
  assert.deepEqual(await summary('icd', 'newer.csv', newer), {
    event: 'summary',
    name: 'newer.csv',
    rows: 2,
    added: 1,
    changed: 1,
    removed: 3,
    isSame: false,
  })
  assert.deepEqual([(await ask('霍乱')).length, (await ask('肺炎'))[0]?.code], [0, 'J18.900'])
  assert.deepEqual(await database.rows(sql`select name, row_count from navigation.icd_edition order by imported_at`), [
    { name: 'gb.csv', row_count: 4 },
    { name: 'newer.csv', row_count: 2 },
  ])
})

test('a table of 33 000 rows is imported and every kind of search finds its row', async (t) => {
  const { summary, done, database } = await opened(t)
  const { rows, added } = await summary('icd', 'all.csv', makeIcdCsv(33_000))
  assert.deepEqual([rows, added], [33_000, 33_000])
  const some = await database.rows<{ code: string; zh: string; pinyin: string[]; initials: string[] }>(
    sql`select code, zh, pinyin, initials from navigation.icd where hashtext(code) % 2000 = 0 order by code`,
  )
  assert.ok(some.length > 10, `${some.length} rows to look for`)
  for (const { code, zh, pinyin, initials } of some) {
    for (const text of [zh, code, code.replace('.', ''), pinyin[0] ?? '']) {
      const found = (await done('navigation.icd-search', resident, { text, limit: 50 })).rows as { code: string; zh: string }[]
      assert.ok(
        found.some((row) => row.code === code),
        `${text} does not find ${code}`,
      )
    }
    const byInitials = (await done('navigation.icd-search', resident, { text: initials[0], limit: 50 })).rows as unknown[]
    assert.ok(byInitials.length > 0, `${initials[0]} finds nothing`)
  }
})
