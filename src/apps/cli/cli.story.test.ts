import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { pino } from 'pino'
import { writeFhirFixtures } from '../../../tests/fixtures/fhir/generate.ts'
import { testDatabase } from '../../../tests/harness/database.ts'
import { hostInstant } from '../../kernel/clock.ts'
import { newId, type AccountId, type OrgId } from '../../kernel/id.ts'
import { makeCipher } from '../../platform/cipher.ts'
import { openDatabase, sql, type Database } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { createApp } from '../../platform/http/app.ts'
import { createMetrics } from '../../platform/metrics.ts'
import { refusalTexts } from '../../platform/refusals.ts'
import { loadRulebook } from '../../platform/rulebook.ts'
import { saveAccount } from '../../modules/security/index.ts'
import { formsByName, refusalTables } from '../api.ts'
import { authentication } from '../server/authenticate.ts'
import { RUNNING_FILE } from './running-server.ts'

const CLI = join(import.meta.dirname, '..', 'cli.ts')
const TOKEN = 'a-token-of-this-test'
const CLINIC = '1' as OrgId

let database: Database
let appUrl: string
let address: string
const folder = mkdtempSync(join(tmpdir(), 'jieli-cli-'))
const ends: (() => Promise<unknown>)[] = []

before(async () => {
  const fresh = await testDatabase()
  appUrl = fresh.appUrl
  database = openDatabase(fresh.ownerUrl, { size: 3 })
  const ofTheApp = openDatabase(appUrl, { size: 3 })
  ends.push(database.close, ofTheApp.close, fresh.close)
  await settle()
  const house = await houseOf(ofTheApp)
  const app = await createApp({
    house,
    metrics: createMetrics(),
    logger: pino({ level: 'silent' }),
    authenticate: authentication(house, TOKEN).authenticate,
  })
  ends.unshift(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  announce(process.pid)
})
after(async () => {
  for (const end of ends) await end()
  rmSync(folder, { recursive: true })
})

const houseOf = async (db: Database): Promise<House> => ({
  database: db,
  rulebook: await loadRulebook(),
  cipher: makeCipher('0123456789abcdef'.repeat(4)),
  zone: 'Asia/Shanghai',
  forms: formsByName(),
  reactions: [],
  texts: refusalTexts(refusalTables),
  log: () => {},
  told: () => {},
})

const settle = async (): Promise<void> => {
  await database.run(sql`insert into organisations.division values ('430321100201', '石桥村', 'village', null)`)
  for (const [id, tier, parent] of [
    ['2', 'township', null],
    [CLINIC, 'village', '2'],
  ])
    await database.run(sql`insert into organisations.institution (id, code, zh, tier, ws218, level, rank, ownership, division, parent_id, longitude, latitude,
      beds, population, valid_from, synthetic) values (${id}, ${`TEST${id}`}, '石桥', ${tier}, 'D600', 9, 9, 'public', '430321100201', ${parent}, 112.5, 27.8, 0, 900, '2020-01-01', true)`)
  const at = hostInstant()
  const doctor = {
    id: newId<AccountId>(),
    login: 'doctor',
    passwordHash: '-',
    role: 'village-doctor',
    org: CLINIC,
    person: null,
    zh: '王医生',
    en: null,
    at,
  } as const
  await database.transaction((tx) => saveAccount(tx, doctor))
}

const announce = (pid: number): void =>
  writeFileSync(join(folder, RUNNING_FILE), JSON.stringify({ address, appUrl, token: TOKEN, pid }), { mode: 0o600 })

const jieli = (...words: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...words], { env: { ...process.env, JIELI_DATA: folder, DATABASE_URL: '' } })
    const texts = { out: '', err: '' }
    child.stdout.on('data', (piece) => (texts.out += String(piece)))
    child.stderr.on('data', (piece) => (texts.err += String(piece)))
    child.on('close', (code) => resolve({ code, ...texts }))
  })

const saysBoth = (text: string, zh: RegExp, en: RegExp): void => {
  assert.match(text, zh)
  assert.match(text, en)
}

suite('An import from the command line', () => {
  const source = join(folder, 'export')
  const fixtures = writeFhirFixtures(source, { patients: 20, seed: 'cli', badLines: 8 })

  test('prints every refused line and the counts as lines of JSON, and ends with 0', async () => {
    const { code, out, err } = await jieli('import', 'fhir', source, '--clinic', CLINIC, '--json')
    assert.equal(code, 0, err)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const refused = lines.filter(({ event }) => event === 'refused').map(({ file, line }) => `${file}:${line}`)
    assert.deepEqual(refused.toSorted(), fixtures.refused.map(({ file, line }) => `${file}:${line}`).toSorted())
    const percents = lines.filter(({ event }) => event === 'progress').map(({ percent }) => percent)
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
    assert.equal(percents.at(-1), 100)
    const { counts } = lines.at(-1)
    assert.equal(counts.Patient.new, 21)
    assert.equal(counts.Observation.new, fixtures.counts.Observation + fixtures.bundle.counts.Observation)
  })

  test('again, it says in words that nothing has changed', async () => {
    const { code, out } = await jieli('import', 'fhir', source, '--clinic', CLINIC)
    assert.equal(code, 0)
    assert.match(out, /Patient\s+21\s+0\s+0\s+21\s+0\n/)
    saysBoth(out, /拒绝 8 行/, /8 line\(s\) refused/)
    for (const { file, line } of fixtures.refused) assert.ok(out.includes(`${file}:${line} [`), `${file}:${line}`)
  })

  test('the doctor of that clinic then finds a patient by name and opens the record', async () => {
    const [person] = await database.rows<{ zh: string; id: string }>(
      sql`select zh, person_id as id from residents.person order by person_id limit 1`,
    )
    const found = await jieli(
      'call',
      'residents.search',
      '--as',
      'doctor',
      '--json',
      JSON.stringify({ text: person?.zh.split(' ').at(-1) }),
    )
    assert.equal(found.code, 0, found.err)
    assert.ok(JSON.parse(found.out).persons.some(({ id }: { id: string }) => id === person?.id))
    const record = await jieli(
      'call',
      'health-record.summary',
      '--as',
      'doctor',
      '--json',
      JSON.stringify({ person: person?.id }),
    )
    assert.ok(JSON.parse(record.out).series.length > 0)
  })

  test('a path without anything to import, a clinic that is none and a wrong option are refused in both languages', async () => {
    saysBoth((await jieli('import', 'fhir', join(folder, 'nowhere'))).err, /找不到文件或文件夹/, /There is no file or folder/)
    saysBoth((await jieli('import', 'fhir', source, '--clinic', '2')).err, /不是村卫生室/, /no village clinic/)
    saysBoth(
      (await jieli('import', 'fhir', source, '--demo-clinic')).err,
      /没有演示区域的村医/,
      /no village doctor of a demo region/,
    )
    const odd = await jieli('import', 'fhir', source, '--clinik', '2')
    assert.equal(odd.code, 1)
    saysBoth(odd.err, /无法识别的参数/, /help/)
  })
})

suite('What hospitals send, from the command line', () => {
  const table = join(folder, 'pages.csv')
  const HEADING = 'BAH,ZYCS,BRXM,XB,CSRQ,RYRQ,CYRQ,JBDM'
  const write = (...lines: readonly string[]): void => writeFileSync(table, [HEADING, ...lines].join('\n'))
  const sound = '7001,1,演示甲,2,1958-03-09,2026-09-01,2026-09-05,I10'
  const stays = async (): Promise<string[]> => {
    const rows = await database.rows<{ main: string }>(
      sql`select main_code as main from intake.front_page where org_id = 2 order by record_no`,
    )
    return rows.map(({ main }) => main)
  }

  test('front pages: a faulty line is named by line and column, the others are taken, and the end is 1', async () => {
    write(sound, '7002,1,演示乙,1,1960-01-01,2026-09-09,2026-09-08,J18.9')
    const { code, out, err } = await jieli('import', 'front-pages', table, '--org', '2')
    assert.equal(code, 1, err)
    assert.match(out, /^pages\.csv:3 CYRQ /m)
    assert.deepEqual(await stays(), ['I10'])
  })

  test('corrected and loaded again, only what is new is taken', async () => {
    write(sound, '7002,1,演示乙,1,1960-01-01,2026-09-08,2026-09-09,J18.9')
    const { code, out, err } = await jieli('import', 'front-pages', table, '--org', '2', '--json')
    assert.equal(code, 0, err)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const { fresh, unchanged } = lines.find(({ event }) => event === 'message').report
    assert.deepEqual([fresh, unchanged], [1, 1])
    assert.deepEqual(lines.at(-1), { event: 'summary', files: 1, taken: 1, stuck: 0, known: 0 })
    assert.deepEqual(await stays(), ['I10', 'J18.9'])
  })

  test('without an institution, or with one that is none, nothing is taken', async () => {
    saysBoth((await jieli('import', 'front-pages', table)).err, /请用 --org 指明机构/, /Say with --org/)
    saysBoth((await jieli('import', 'cda', table, '--org', '99')).err, /没有编号为 99 的机构/, /no institution 99/)
  })
})

suite('A call from the command line', () => {
  test('a command with its key is done once, however often it is sent', async () => {
    const [person] = await database.rows<{ id: string }>(
      sql`select person_id as id from residents.person where died_on is null order by person_id limit 1`,
    )
    const words = [
      'call',
      'health-record.record-observation',
      '--as',
      'doctor',
      '--key',
      'k-1',
      '--json',
      JSON.stringify({ person: person?.id, measure: 'weight', weight: 61.5 }),
    ]
    const [first, second] = [await jieli(...words), await jieli(...words)]
    assert.equal(first.code, 0, first.err)
    assert.equal(second.out, first.out)
  })

  test('a refusal is told in both languages, every field of it, and ends with 1', async () => {
    const { code, err } = await jieli(
      'call',
      'health-record.record-observation',
      '--as',
      'doctor',
      '--json',
      '{"person":"x","measure":"weight"}',
    )
    assert.equal(code, 1)
    saysBoth(err, /person:应为居民编号[^]*weight:必填/, /person: A person id[^]*weight: Required/)
  })

  test('an unknown account, an unknown form and text that is no JSON object are refused', async () => {
    saysBoth((await jieli('call', 'residents.search', '--as', 'nobody')).err, /尚未登录/, /not signed in/)
    saysBoth((await jieli('call', 'residents.find', '--as', 'doctor')).err, /residents\.search/, /no command or query/)
    saysBoth((await jieli('call', 'residents.search', '--as', 'doctor', '--json', '[1]')).err, /JSON 对象/, /one JSON object/)
    saysBoth((await jieli('call', 'residents.search')).err, /--as/, /is missing/)
  })
})

suite('The clock from the command line', () => {
  const ahead = async (): Promise<string | undefined> =>
    (await database.row<{ ms: string }>(sql`select offset_ms as ms from platform.clock`))?.ms

  test('of a region that is no demo stays where it is', async () => {
    const { code, err } = await jieli('clock', '--forward', '2h')
    assert.equal(code, 1)
    saysBoth(err, /只有演示区域/, /demo region/)
    assert.equal(await ahead(), '0')
  })

  test('of a demo region moves forward and back to the true time', async () => {
    await database.run(sql`insert into platform.setting values ('demo', 'on')`)
    assert.equal((await jieli('clock', '--forward', '2h')).code, 0)
    saysBoth((await jieli('clock', '--forward', '30m')).out, /快 150 分钟/, /150 minute/)
    assert.equal(await ahead(), String(150 * 60_000))
    assert.equal((await jieli('clock', '--forward', 'soon')).code, 1)
    await jieli('clock', '--reset')
    assert.equal(await ahead(), '0')
  })

  test('in a demo region an import may go to the clinic of its village doctor', async () => {
    const file = join(folder, 'one.ndjson')
    writeFileSync(file, JSON.stringify({ resourceType: 'Patient', id: newId(), name: [{ text: '夏至未' }] }))
    const { code, err } = await jieli('import', 'fhir', file, '--demo-clinic')
    assert.equal(code, 0, err)
    const placed = await database.row(
      sql`select clinic_org_id as clinic, care_org_id as care from residents.person where zh = '夏至未'`,
    )
    assert.deepEqual(placed, { clinic: CLINIC, care: '2' })
  })
})

test('Without a running server each says what to do first', async () => {
  const gone = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => gone.on('close', resolve))
  announce(gone.pid as number)
  for (const words of [['call', 'residents.search', '--as', 'doctor'], ['import', 'fhir', folder], ['clock']]) {
    const { code, err } = await jieli(...words)
    assert.equal(code, 1)
    saysBoth(err, /请先在另一窗口运行 npm start/, /Run npm start/)
  }
})

test('Help and an unknown word', async () => {
  const help = await jieli('help')
  assert.equal(help.code, 0)
  for (const word of ['call', 'forms', 'import fhir', 'settings', 'clock'])
    assert.ok(help.out.includes(`npx jieli ${word}`), word)
  assert.equal((await jieli('juggle')).code, 1)
})
