import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { encodeGb } from '../hl7/text.ts'
import { checkCharacter } from '../../residents/rules/id-number.ts'
import { readFrontPages } from './read.ts'

const NOW = '2026-11-01T00:00:00.000Z' as Parameters<typeof readFrontPages>[1]
const ZONE = 'Asia/Shanghai'
const BASE: Readonly<Record<string, string>> = {
  BAH: 'B1', ZYCS: '1', BRXM: '演示甲', XB: '1', CSRQ: '1961-05-04', YLFKFS: '2', RYTJ: '2', RYRQ: '2026-10-01 09:30', CYRQ: '2026-10-09 15:00',
  CYSZYZD: '脑梗死', JBDM: 'I63.9', RYBQ: '1', CYSQTZD1: '高血压', JBDM1: 'I10', RYBQ1: '1', SSJCZBM1: '00.6501', SSJCZMC1: '颅内血管支架', SSJCZRQ1: '20261002',
  LYFS: '3', XZZDM: '430321', ZFY: '12345.60', ZFJE: '2345.6', XYF: '4000.05', SYSZDF: '800', QTF: '-',
} // prettier-ignore
const HEADINGS = Object.keys(BASE)
const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
/** A table of front pages: each line is the usual one with what differs. */
const table = (lines: readonly Readonly<Record<string, string>>[], headings: readonly string[] = HEADINGS): string =>
  [headings.join(','), ...lines.map((line) => headings.map((name) => quoted(line[name] ?? BASE[name] ?? '')).join(','))].join(
    '\r\n',
  )

const read = (text: string) => {
  const pages = readFrontPages(Buffer.from(text), NOW, ZONE)
  if ('fault' in pages) assert.fail(`${pages.fault} ${pages.place}`)
  return pages
}

describe('lines of a table', () => {
  test('a whole line', () => {
    const [page] = read(table([{}])).pages
    assert.ok(page)
    assert.deepEqual([page.totalFen, page.ownFen, page.fees], [1_234_560, 234_560, { XYF: 400_005, SYSZDF: 80_000 }])
    assert.deepEqual([page.admittedAt, page.dischargedAt], ['2026-10-01T01:30:00.000Z', '2026-10-09T07:00:00.000Z'])
    assert.deepEqual(
      [page.others, page.operations[0]?.on, page.division],
      [[{ code: 'I10', name: '高血压', onAdmission: '1' }], '2026-10-02', '430321'],
    )
  })
  test('Chinese headings, in any order', () => {
    const text =
      '出院时间,姓名,病案号,住院次数,性别,出生日期,入院时间,主要诊断编码\n2026年10月9日,演示乙,B2,2,女,1970/1/2,2026.10.1,I10'
    const [page] = read(text).pages
    assert.deepEqual(
      [page?.person.zh, page?.person.sex, page?.person.bornOn, page?.stayNo],
      ['演示乙', 'female', '1970-01-02', 2],
    )
  })

  // why | what differs | column, fault
  const FAULTS: readonly (readonly [string, Readonly<Record<string, string>>, readonly (readonly [string, string])[]])[] = [
    ['no record number', { BAH: '' }, [['BAH', 'missing']]],
    ['a dash is nothing', { JBDM: '-' }, [['JBDM', 'missing']]],
    ['a day that does not exist', { CSRQ: '1961-02-30' }, [['CSRQ', 'not-a-day']]],
    ['discharged before admitted', { CYRQ: '2026-09-30' }, [['CYRQ', 'before-admission']]],
    ['discharged in the future', { CYRQ: '2027-01-01' }, [['CYRQ', 'in-future']]],
    ['no number of the stay', { ZYCS: '第一次' }, [['ZYCS', 'not-a-number']]],
    ['an amount in words', { ZFY: '一万' }, [['ZFY', 'not-money']]],
    ['thirds of a fen', { XYF: '1.005' }, [['XYF', 'not-money']]],
    ['more own than whole', { ZFJE: '99999' }, [['ZFJE', 'total-too-small']]],
    ['a code that the page does not have', { LYFS: '7' }, [['LYFS', 'not-a-code']]],
    ['an unknown sex', { XB: 'X' }, [['XB', 'not-a-code']]],
    ['two things at once', { RYTJ: 'x', XYF: 'x' }, [['XYF', 'not-money'], ['RYTJ', 'not-a-code']]],
  ] // prettier-ignore
  for (const [why, line, faults] of FAULTS)
    test(why, () => {
      const { pages, faults: found } = read(table([line]))
      assert.equal(pages.length, 0)
      assert.deepEqual(
        found.map(({ column, fault }) => [column, fault]),
        faults,
      )
    })
  test('a number of an identity card is checked', () => {
    const [fault] = read(table([{ SFZJHM: '990101196101010011' }], [...HEADINGS, 'SFZJHM'])).faults
    assert.deepEqual([fault?.line, fault?.column, fault?.fault], [2, 'SFZJHM', 'id-number'])
  })
  test('faults of the whole: headings, quotes, nothing', () => {
    const faultOf = (text: string) => readFrontPages(Buffer.from(text), NOW, ZONE)
    assert.deepEqual(faultOf('BAH,ZYCS\n1,1'), { fault: 'columns-missing', place: 'BRXM XB CSRQ RYRQ CYRQ JBDM' })
    assert.deepEqual(faultOf(`${HEADINGS.join(',')}\n"B1,1`), { fault: 'quote-open', place: '2' })
    assert.deepEqual(faultOf(''), { fault: 'empty', place: '' })
  })
})

describe('tables that are uploaded', () => {
  let house: TestHouse
  const endings: (() => unknown)[] = []
  const administrator = actor('administrator', 'county')
  before(async () => {
    house = await testHouse({ after: (work) => void endings.push(work as () => unknown) })
    await setStage(house)
  })
  after(async () => {
    for (const end of endings.toReversed()) await end()
  })
  const upload = async (bytes: Buffer) => {
    const { messages } = await house.done('intake.upload', administrator, {
      org: PLACES.county,
      kind: 'front-page',
      base64: bytes.toString('base64'),
    })
    await house.settle()
    const listed = await house.done('intake.list', administrator, {})
    return listed.messages.find(({ id }: { id: string }) => id === messages[0].id)
  }
  const CSRQ = '1961-05-04'
  const CARD = '99010119610504101'
  const headings = [...HEADINGS, 'SFZJHM']
  const first = [
    { BAH: 'F1', CSRQ },
    { BAH: 'F1', ZYCS: '2', RYRQ: '2026-10-20', CYRQ: '2026-10-22' },
    { BAH: 'F2', BRXM: '演示乙', CSRQ: '1970-01-01' },
    { BAH: 'F3', LYFS: 'x' },
  ]

  test('sound lines are taken, the others name their column; two stays of one new person are one person', async () => {
    const shown = await upload(encodeGb(table(first)))
    assert.deepEqual([shown.state, shown.report.lines, shown.report.taken], ['stuck', 4, 3])
    assert.deepEqual([shown.report.refused[0].line, shown.report.refused[0].column], [5, 'LYFS'])
    const pages = await house.database.rows<{ person: string; total: string }>(
      sql`select person_id as person, total_fen as total from intake.front_page order by record_no, stay_no`,
    )
    assert.deepEqual([pages.length, new Set(pages.map(({ person }) => person)).size, pages[0]?.total], [3, 2, '1234560'])
    const kinds = await house.database.rows<{ type: string; count: number }>(
      sql`select type, count(*)::int as count from health_record.resource where source = ${`intake:${PLACES.county}`} group by type order by type`,
    )
    assert.deepEqual(Object.fromEntries(kinds.map(({ type, count }) => [type, count])), {
      Claim: 3,
      Condition: 6,
      Encounter: 3,
      Procedure: 3,
      Provenance: 3,
    })
    const claim = await house.database.row<{ body: string }>(
      sql`select body from health_record.resource where type = 'Claim' limit 1`,
    )
    assert.match(claim?.body ?? '', /"total":\{"value":12345\.60,"currency":"CNY"\}/)
  })

  test('the corrected table takes only what is new in it', async () => {
    const before = await house.database.row<{ versions: number }>(
      sql`select sum(version)::int as versions from health_record.resource`,
    )
    const shown = await upload(Buffer.from(table(first.map((line) => ({ ...line, LYFS: '1' })).slice(3))))
    assert.deepEqual([shown.state, shown.report.taken], ['taken', 1])
    const again = await upload(Buffer.from(`\uFEFF${table(first.slice(0, 3))}`))
    assert.deepEqual([again.state, again.report.taken, again.resources], ['taken', 3, 0])
    const after = await house.database.row<{ versions: number }>(
      sql`select sum(version)::int as versions from health_record.resource`,
    )
    assert.equal((after?.versions ?? 0) - (before?.versions ?? 0), 6)
  })

  test('a stay that messages told of before is one stay with its front page, whatever comes late', async () => {
    await house.database
      .run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
      values (0, 'intake.source', 'XTXRMYY', 1, '2020-01-01', ${JSON.stringify({ facility: 'XTXRMYY', institution: PLACES.county })}, 'in-force', false, now())`)
    const card = CARD + checkCharacter(CARD)
    const send = async (event: string, at: string, until = '') => {
      const text =
        `MSH|^~\\&|HIS|XTXRMYY|||${at}||ADT^${event}|${event}${at}|P|2.4\rPID|1||J1^^^^MR~${card}^^^CN^NI||演示丁||19610504|M\r` +
        `PV1|1|I|神经内科^3^12${'|'.repeat(16)}ZY900${'|'.repeat(25)}202610010900|${until}\rDG1|1||I63.9^脑梗死^I10|||F`
      const { messages } = await house.done('intake.upload', administrator, {
        org: PLACES.county,
        kind: 'hl7',
        base64: Buffer.from(text).toString('base64'),
      })
      await house.settle()
      return house.database.row<{ state: string; person: string }>(
        sql`select state, person_id as person from intake.message where id = ${messages[0].id}`,
      )
    }
    await send('A01', '20261001090500')
    const discharged = await send('A03', '20261009150500', '202610091500')
    const person = discharged?.person ?? ''
    const stays = async () => {
      const rows = await house.database.rows<{ body: string; version: number }>(
        sql`select body, version from health_record.resource where type = 'Encounter' and person_id = ${person} order by effective_at`,
      )
      return rows.map(({ body, version }) => ({ version, ...JSON.parse(body) }))
    }
    const [told] = await stays()
    assert.deepEqual([told.status, told.location[0].location.display], ['finished', '神经内科 3 12'])
    const page = { BAH: 'J1', BRXM: '演示丁', LYFS: '1', SFZJHM: card }
    assert.equal((await upload(Buffer.from(table([page], headings)))).state, 'taken')
    const [joined, ...others] = await stays()
    assert.deepEqual([others.length, joined.id, joined.version], [0, told.id, told.version + 1])
    assert.deepEqual(
      [
        joined.location[0].location.display,
        joined.identifier.map(({ value }: { value: string }) => value),
        joined.diagnosis.length,
      ],
      ['神经内科 3 12', ['ZY900', 'J1-1'], 2],
    )
    const diagnoses = await house.database.rows<{ code: string }>(
      sql`select code from health_record.resource where type = 'Condition' and person_id = ${person} order by code`,
    )
    assert.deepEqual(
      diagnoses.map(({ code }) => code),
      ['I10', 'I63.9'],
    )
    // The department corrects the visit after the page was closed: the page stands. A corrected page is the next version of the same.
    assert.equal((await send('A08', '20261101080000', '202610091500'))?.state, 'taken')
    assert.equal((await stays())[0].version, joined.version)
    await upload(Buffer.from(table([{ ...page, RYRQ: '2026-09-30 23:00' }], headings)))
    const [corrected, ...more] = await stays()
    assert.deepEqual([more.length, corrected.id, corrected.period.start], [0, told.id, '2026-09-30T15:00:00.000Z'])
    // The next stay of the same person is another one.
    await upload(Buffer.from(table([{ ...page, ZYCS: '2', RYRQ: '2026-10-20', CYRQ: '2026-10-22' }], headings)))
    assert.equal((await stays()).length, 2)
  })

  test('a page that came before the messages of its stay is one stay with them, and later pages and messages go on with it', async () => {
    const card = `${CARD.slice(0, -3)}202`
    const number = card + checkCharacter(card)
    const page = {
      BAH: 'K1',
      BRXM: '演示戊',
      XB: '2',
      CSRQ,
      LYFS: '1',
      SFZJHM: number,
      RYRQ: '2026-10-03 08:00',
      CYRQ: '2026-10-07 10:00',
    }
    assert.equal((await upload(Buffer.from(table([page], headings)))).state, 'taken')
    const send = async (event: string, at: string, visit: string, day = '20261003', more = '') => {
      const text =
        `MSH|^~\\&|HIS|XTXRMYY|||${at}||ADT^${event}|K${event}${at}|P|2.4\rPID|1||K1^^^^MR~${number}^^^CN^NI||演示戊||19610504|F\r` +
        `PV1|1|I|神经内科^5^7${'|'.repeat(16)}${visit}${'|'.repeat(25)}${day}0830|\rDG1|1||I63.9^脑梗死^I10|||F${more}`
      const { messages } = await house.done('intake.upload', administrator, {
        org: PLACES.county,
        kind: 'hl7',
        base64: Buffer.from(text).toString('base64'),
      })
      await house.settle()
      return house.database.row<{ state: string; person: string }>(
        sql`select state, person_id as person from intake.message where id = ${messages[0].id}`,
      )
    }
    const of = async (type: string, person: string) => {
      const rows = await house.database.rows<{ body: string; version: number }>(
        sql`select body, version from health_record.resource where type = ${type} and person_id = ${person} order by effective_at, id`,
      )
      return rows.map(({ body, version }) => ({ version, ...JSON.parse(body) }))
    }
    const { person } = (await house.database.row<{ person: string }>(
      sql`select person_id as person from intake.front_page where org_id = ${PLACES.county} and record_no = 'K1'`,
    )) ?? { person: '' }
    const [alone] = await of('Encounter', person)
    const claims = await of('Claim', person)
    assert.deepEqual(await send('A01', '20261008090000', 'ZY901'), { state: 'taken', person })
    const [joined, ...others] = await of('Encounter', person)
    assert.deepEqual([others.length, joined.id, joined.version, joined.status], [0, alone.id, alone.version + 1, 'finished'])
    assert.deepEqual(
      [joined.identifier.map(({ value }: { value: string }) => value), joined.location[0].location.display, joined.period],
      [['ZY901', 'K1-1'], '神经内科 5 7', alone.period],
    )
    assert.equal(claims[0].item[0].encounter[0].reference, `Encounter/${joined.id}`)
    // The diagnosis of both is one Condition; one that the message adds stands under the same stay.
    await send('A08', '20261008100000', 'ZY901', '20261003', '\rDG1|2||E11.9^2型糖尿病^I10|||F')
    const conditions = await of('Condition', person)
    assert.deepEqual(conditions.map(({ code }) => code.coding[0].code).toSorted(), ['E11.9', 'I10', 'I63.9'])
    assert.deepEqual(new Set(conditions.map(({ encounter }) => encounter.reference)), new Set([`Encounter/${joined.id}`]))
    // A corrected page is the next version of the same stay and keeps what the messages told.
    await upload(Buffer.from(table([{ ...page, CYRQ: '2026-10-07 16:00' }], headings)))
    const [corrected, ...more] = await of('Encounter', person)
    assert.deepEqual(
      [more.length, corrected.id, corrected.identifier[0].value, corrected.location[0].location.display, corrected.period.end],
      [0, joined.id, 'ZY901', '神经内科 5 7', '2026-10-07T08:00:00.000Z'],
    )
    assert.equal((await of('Condition', person)).length, 3)
    // Another visit of that day finds no page without a visit, and is a stay of its own; so is one of another day.
    await send('A01', '20261009090000', 'ZY902')
    await send('A01', '20261020090000', 'ZY903', '20261020')
    assert.equal((await of('Encounter', person)).length, 3)
  })

  test('another birthday under the same record number is somebody else', async () => {
    const shown = await upload(Buffer.from(table([{ BAH: 'F1', ZYCS: '3', CSRQ: '1999-09-09' }])))
    assert.deepEqual([shown.state, shown.report.refused[0].column], ['stuck', 'CSRQ'])
  })

  test('a document is uploaded through the same door; nobody uploads for another institution', async () => {
    const stranger = actor('administrator', 'village')
    assert.equal((await house.ask('intake.upload', stranger, { org: PLACES.county, kind: 'cda', base64: 'AAAA' })).ok, false)
    const xml = `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><id root="1.2" extension="9"/><code code="C0002" codeSystem="2.16.156.10011.2.4"/><title>病历</title>
      <effectiveTime value="20261001"/><recordTarget><patientRole><id root="1.3" extension="Z1"/><patient><name>演示丙</name><birthTime value="19800101"/></patient></patientRole></recordTarget></ClinicalDocument>`
    const { messages } = await house.done('intake.upload', administrator, {
      org: PLACES.county,
      kind: 'cda',
      base64: Buffer.from(xml).toString('base64'),
    })
    await house.settle()
    const kept = await house.database.row<{ state: string; resources: number }>(
      sql`select state, resources from intake.message where id = ${messages[0].id}`,
    )
    assert.deepEqual([kept?.state, kept?.resources], ['taken', 4])
  })
})
