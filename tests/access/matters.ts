import { newId, type PersonId } from '../../src/kernel/id.ts'
import { dayOf, plusDays } from '../../src/kernel/day.ts'
import { sweepWaiting } from '../../src/modules/booking/index.ts'
import { SYSTEM } from '../../src/platform/access.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import { samplePng } from '../../src/modules/correspondence/files/sample-files.ts'
import type { TestHouse } from '../harness/house.ts'
import { actor, PLACES, type Stage } from '../harness/stage.ts'
import { deviceOf, PHARMACY, type Placed } from './actors.ts'
import { aboutTheRecord, type RecordAccessMatter } from './record-access-matter.ts'

/** What the further forms are aimed at, by the ids under which the house knows it. */
export type Matters = {
  readonly message: string
  readonly attachment: string
  readonly allotment: string
  readonly inside: { readonly person: PersonId; readonly referral: string; readonly readiness: string }
  readonly home: { readonly person: PersonId; readonly referral: string; readonly plan: string; readonly steps: readonly object[]; readonly step: string }
  readonly green: { readonly case: string; readonly referral: string }
  readonly task: string
  /** The one person's bill at the hospital of Chinese medicine, a difference of its books, and a hit of an audit rule that it was told of. */
  readonly bill: { readonly org: string; readonly bill: string; readonly ticket: string; readonly hit: string }
  readonly medicine: { readonly org: string; readonly bill: string; readonly hit: string }
  /** A queue of the hospital of Chinese medicine today, the one person's number in it, and a screen of its waiting room. */
  readonly visit: { readonly org: string; readonly queue: string; readonly ticket: string; readonly screen: string }
  /** The one person's entry of the waiting list, and the unit of the hospital of Chinese medicine that is offered for it. */
  readonly waiting: { readonly id: string; readonly org: string; readonly booking: string; readonly pool: string }
  /** A doctor of the hospital of Chinese medicine, a weekly plan there, and a day on which it is closed. */
  readonly planned: { readonly calendar: string; readonly plan: string; readonly exception: string }
  /** A ward of the hospital of Chinese medicine, one of its beds, and the one person's stay there that the village doctor asked for. */
  readonly ward: { readonly org: string; readonly ward: string; readonly bed: string; readonly stay: string }
  readonly line: { readonly org: string; readonly id: string }
  /** A message of the county hospital's system that cannot be read. */
  readonly received: { readonly org: string; readonly id: string }
  readonly difference: { readonly org: string; readonly id: string }
  /** What stands about the one person's record. */
  readonly recordAccess: RecordAccessMatter
  readonly device: string
  readonly staff: string
  /** A declaration of the hospital of Chinese medicine. */
  readonly capability: string
  /** A program of the county hospital that may use the interface of e-health cards. */
  readonly cardApp: string
  readonly reset: string
  /** Two registrations of one name, birthday and phone, waiting for somebody to look; and a mother with her first child. */
  readonly pair: { readonly person: PersonId; readonly other: PersonId }
  readonly mother: PersonId
  /** An open session that belongs to nobody who is probed. */
  readonly session: string
  /** A login that nobody is probed with. */
  readonly spareLogin: string
} // prettier-ignore

type Begun = {
  readonly house: TestHouse
  readonly stage: Stage
  readonly referral: string
  readonly unit: { readonly org: string; readonly pool: string }
  readonly person: PersonId
  readonly homePerson: PersonId
  readonly proxy: PersonId
  readonly actors: readonly Placed[]
}

/** Everything beside the one case, made by the house's own commands wherever there is one. */
export const makeMatters = async (begun: Begun): Promise<Matters> => {
  const { house, stage, actors, unit } = begun
  const holder = actors.find(({ to }) => to.device?.includes('self'))
  if (!holder) throw new Error('Nobody holds the device')
  const green = await rescue(begun)
  await house.later(1)
  const { allotment } = await house.done('booking.allot-vouchers', stage.tcmDesk, { ...unit, holder: PLACES.village, units: 1 })
  const matters = {
    green,
    ...(await messageIn(begun)),
    allotment: allotment as string,
    inside: await insideCounty(begun),
    home: await goneHome(begun),
    task: await taskOfTownship(begun),
    bill: await billOf(begun),
    medicine: await medicineOf(begun),
    visit: await waits(begun),
    waiting: await offered(begun),
    planned: await plannedWeek(begun),
    ward: await stayIn(begun),
    staff: await staffOf(begun),
    capability: await declared(begun),
    cardApp: await cardAppOf(begun),
    device: deviceOf(holder.actor),
    recordAccess: await aboutTheRecord(begun),
    ...(await registeredTwice(begun)),
    ...(await spareAccount(begun)),
    received: await receivedOfCounty(begun),
  }
  await house.settle()
  return { ...matters, ...(await stuckLine(begun)) }
}

const registeredTwice = async ({ house, stage }: Begun): Promise<Pick<Matters, 'pair' | 'mother'>> => {
  const entry = { name: { zh: '演示重复者' }, sex: 'female', bornOn: '1992-04-05', phone: '10012340000' }
  const { person } = await house.done('residents.register', stage.villageDoctor, entry)
  const { person: other } = await house.done('residents.register', stage.familyDoctor, entry)
  await house.done('residents.register-newborn', stage.villageDoctor, { mother: person, bornOn: stage.today, sex: 'male' })
  await house.settle()
  return { pair: { person, other }, mother: person }
}

const receivedOfCounty = async ({ house }: Begun): Promise<Matters['received']> => {
  const base64 = Buffer.from('不是报文').toString('base64')
  const { messages } = await house.done('intake.keep', SYSTEM, { kind: 'hl7', channel: 'mllp', org: PLACES.county, base64 })
  return { org: PLACES.county, id: messages[0].id as string }
}

const messageIn = async ({ house, stage, referral }: Begun) => {
  const file = { name: '化验.png', mediaType: 'image/png', base64: samplePng().toString('base64') }
  const { message } = await house.done('correspondence.write', stage.villageDoctor, {
    referral,
    text: '请看',
    attachments: [file],
  })
  const { messages } = await house.done('correspondence.thread', stage.tcmDesk, { referral })
  await house.done('correspondence.read-until', stage.tcmDesk, { referral, message })
  return { message: message as string, attachment: messages[0].attachments[0].id as string }
}

/** A case of the village whose person has been taken in by the county hospital. */
const takenIn = async ({ house, stage }: Begun, person: PersonId): Promise<string> => {
  const { referral } = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0303',
    condition: { key: 'I63.9', zh: '脑梗死', en: 'Cerebral infarction' },
    letter: { impression: '脑梗死', reason: '右侧肢体无力', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
  })
  await house.done('referral.accept', stage.desk, { referral, queue: '神经内科病房' })
  await house.done('referral.arrive', stage.desk, { referral })
  await house.done('referral.begin', stage.ward, { referral })
  return referral
}

const ITEM = { kind: 'device', code: 'oxygen-concentrator', words: { zh: '制氧机', en: 'Oxygen concentrator' } }

const insideCounty = async (begun: Begun): Promise<Matters['inside']> => {
  const { house, stage } = begun
  const person = await stage.person('演示住院者', '1950-06-07')
  const referral = await takenIn(begun, person)
  await house.done('referral.look', stage.ward, { referral, leaves: false })
  await house.done('continuity.attest', stage.ward, {
    person,
    criterion: 'general-diagnosis',
    state: 'met',
    note: '今日查房:平稳',
  })
  const asked = await house.done('continuity.ask-readiness', stage.ward, {
    person,
    referral,
    receiver: PLACES.township,
    items: [ITEM],
  })
  return { person, referral, readiness: asked.readiness }
}

const goneHome = async (begun: Begun): Promise<Matters['home']> => {
  const { house, stage, homePerson: person } = begun
  const referral = await takenIn(begun, person)
  const { template } = await house.done('continuity.candidate', stage.ward, { person })
  await house.done('referral.discharge', stage.ward, { referral })
  const { plan } = await house.done('continuity.hand-back', stage.ward, {
    referral,
    diagnosis: '脑梗死恢复期',
    findings: '平稳',
    treatment: '继续',
    plan: '康复训练',
    medication: '阿司匹林',
    withoutAnswer: '家属要求当日出院',
    steps: template,
  })
  const shown = (await house.done('continuity.of-case', stage.ward, { referral })).plan
  const atHome = shown.steps.find((step: { atHome: boolean }) => step.atHome)
  return { person, referral, plan, steps: template, step: atHome.id }
}

/** A chest pain on the way from the village to the hospital of Chinese medicine; an hour later its first target is late. */
const rescue = async ({ house, stage }: Begun): Promise<Matters['green']> => {
  const [one, other] = [actor('health-bureau', null, '甲'), actor('health-bureau', null, '乙')]
  const body = {
    institution: PLACES.countyTcm,
    channel: 'chest-pain',
    level: 'advanced',
    capabilities: ['ppci'],
    specialty: '0304',
  }
  const { entry } = await house.done('green-channel.propose-centre', one, { from: '2020-01-01', body })
  await house.done('green-channel.approve-centre', other, { entry, version: 1, verdict: 'approve' })
  const person = await stage.person('演示急症者', '1945-03-08')
  const started = await house.done('green-channel.start', stage.villageDoctor, { channel: 'chest-pain', person })
  return { case: started.case, referral: started.referral }
}

/** A bill to pay and settled, a difference of the books, and a hit of an audit rule. */
const billOf = async ({ house: { database, done }, stage, person }: Begun): Promise<Matters['bill']> => {
  const [org, ticket, hit] = [PLACES.countyTcm, newId(), newId()]
  await database.run(sql`update residents.person set insurance = 'resident' where person_id = ${person}`)
  // One number for both: the bill as it is paid, and as it is settled.
  const { bill } = await done('settlement.settle', stage.tcmDesk, {
    person,
    area: 'changsha',
    billNo: 'MATTER-1',
    claim: { day: '2024-03-10', level: 'level2', lines: [{ amountFen: 500_000 }] },
  })
  await database.run(sql`insert into payment.bill (org_id, id, person_id, visit_kind, state, total_fen, opened_at, changed_at)
    values (${org}, ${bill}, ${person}, 'ordinary', 'open', 100, now(), now())`)
  await database.run(sql`insert into payment.line (org_id, bill_id, no, person_id, kind, code, zh, class, price_fen, count, amount_fen)
    values (${org}, ${bill}, 1, ${person}, 'drug', 'D-1', '演示药品', '01', 100, 1, 100)`)
  await database.run(sql`insert into payment.ticket (org_id, id, kind, day, book, about, opened_at)
    values (${org}, ${ticket}, 'only-here', current_date, 'cash', 'matter', now())`)
  await database.run(sql`insert into audit_rules.batch values ('matter', 'post', current_date, 1, 1, 1, 'probe', null, now())`)
  await database.run(sql`insert into audit_rules.hit (org_id, id, batch, rule, kind, clause, person_id, person_ref, amount_fen, evidence, stays, state, found_on, found_at, changed_at)
    values (${org}, ${hit}, 'matter', 'gender', 'breach', '{}', ${person}, 'matter', 100, '{}', '[]', 'told', current_date, now(), now())`)
  return { org, bill, ticket, hit }
}

/** Medicine settled at a pharmacy where the card was just shown, and what an audit rule says of it. */
const medicineOf = async ({ house: { database, done }, person, actors }: Begun): Promise<Matters['medicine']> => {
  const counter = actors.find(({ actor: who }) => who.org === PHARMACY)
  if (!counter) throw new Error('Nobody stands at the counter of the pharmacy')
  const body = { code: 'P43038100001', zh: '演示大药房', division: '430381000000' }
  await done('organisations.propose-pharmacy', actor('insurer', null), { from: '2020-01-01', body })
  await database.run(sql`insert into health_card.use (person_id, id, shown, kind, scene, used_at, org_id, by_name)
    values (${person}, ${newId()}, 'bound', 'citizen', 'dispensing', platform.jieli_now(), ${PHARMACY}, '演示')`)
  const { org, bill } = await done('settlement.settle', counter.actor, {
    person,
    area: 'dazhou',
    billNo: 'MATTER-2',
    claim: { day: '2024-03-12', care: 'outpatient', level: 'pharmacy', lines: [{ amountFen: 10_000 }] },
  })
  const hit = newId()
  await database.run(sql`insert into audit_rules.hit (org_id, id, batch, rule, kind, clause, person_id, person_ref, amount_fen, evidence, stays, state, found_on, found_at, changed_at)
    values (${org}, ${hit}, 'matter', 'gender', 'breach', '{}', ${person}, 'matter', 100, '{}', '[]', 'told', current_date, now(), now())`)
  return { org, bill, hit }
}

/** Somebody did not agree to go: the township unit is to talk once more. */
const taskOfTownship = async ({ house, stage }: Begun): Promise<string> => {
  const person = await stage.person('演示不愿转诊者', '1966-01-02')
  await house.done('referral.record-refusal-of-consent', stage.villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'I10', zh: '高血压' },
    by: 'patient',
    why: 'cost',
  })
  const task = await house.database.row<{ id: string }>(
    sql`select id from referral.task where org_id = ${PLACES.township} and done_at is null and kind = 'consent'`,
  )
  if (!task) throw new Error('The township unit has no task')
  return task.id
}

const cardAppOf = async ({ house }: Begun): Promise<string> => {
  const input = { name: { zh: '演示医院程序', en: 'Demo hospital program' }, kind: 'hospital', org: PLACES.county }
  return (await house.done('health-card.register-app', actor('administrator', null), input)).app
}

/** The one person waits for a consulting room of the hospital of Chinese medicine. */
const waits = async ({ house, stage, person }: Begun): Promise<Matters['visit']> => {
  const { org, queue } = await house.done('booking.open-queue', stage.tcmDesk, { specialty: '0304', place: '演示诊室' })
  const { ticket } = await house.done('booking.take-ticket', stage.tcmDesk, { queue, person })
  const { screen } = await house.done('booking.open-screen', stage.tcmDesk, { title: '演示候诊区' })
  return { org, queue, ticket, screen }
}

const offered = async ({ house, stage, person }: Begun): Promise<Matters['waiting']> => {
  const self = actor('resident', null, '本人', person)
  const today = dayOf(await databaseNow(house.database), house.house.zone)
  const wish = { specialty: '0303', orgs: [PLACES.countyTcm], from: today, until: plusDays(today, 60) }
  const { waiting } = await house.done('booking.join-waiting', self, wish)
  const slot = await stage.slot(stage.tcmDesk, { specialty: '0303', daysAhead: 20, capacity: 9, kind: 'ordinary', time: '16:00' })
  while ((await sweepWaiting(house.house)) > 0);
  const { entries } = await house.done('booking.my-waiting', self)
  return { id: waiting, org: slot.org, booking: entries[0].offer.booking, pool: slot.pool }
}

const plannedWeek = async ({ house, stage }: Begun): Promise<Matters['planned']> => {
  const { org, calendar } = await house.done('booking.save-calendar', stage.tcmDesk, { kind: 'doctor', name: { zh: '演示医生' } })
  const { plan } = await house.done('booking.save-plan', stage.tcmDesk, {
    kind: 'expert',
    specialty: '0303',
    calendar: { org, id: calendar },
    sessions: [{ weekday: 3, from: '15:00', to: '16:00', capacity: 2 }],
  })
  const closed = { kind: 'closed', plan, day: '2030-01-01', reason: '元旦' }
  const { exception } = await house.done('booking.add-exception', stage.tcmDesk, closed)
  return { calendar, plan, exception }
}

const stayIn = async ({ house, stage, person }: Begun): Promise<Matters['ward']> => {
  const today = dayOf(await databaseNow(house.database), house.house.zone)
  const beds = [{ room: '1', label: '1', sex: 'any' }]
  const made = await house.done('booking.open-ward', stage.tcmDesk, { name: { zh: '演示病区' }, specialty: '0304', beds })
  const asked = { org: made.org, person, stay: { ward: made.ward, from: plusDays(today, 25), nights: 2 } }
  const { group } = await house.done('booking.book-together', stage.villageDoctor, asked)
  const { bed } = made.beds[0]
  await house.done('booking.give-bed', stage.tcmDesk, { org: made.org, stay: group, bed })
  return { org: made.org, ward: made.ward, bed, stay: group }
}

const declared = async ({ house, stage }: Begun): Promise<string> => {
  const said = { about: 'device', key: 'mri', grade: 'none', source: '演示:设备清单' }
  return (await house.done('navigation.declare-capability', stage.tcmDesk, { institution: PLACES.countyTcm, ...said })).capability
}

const staffOf = async ({ house }: Begun): Promise<string> => {
  const placing = {
    person: { name: { zh: '演示护士' }, role: 'nurse' },
    employer: PLACES.countyTcm,
    workplace: PLACES.countyTcm,
    from: '2020-01-01',
  }
  return (await house.done('organisations.place-staff', actor('health-bureau', null), placing)).staff
}

/** An account with a second factor that it has lost, an open session, and a reset that waits for a second administrator. */
const spareAccount = async ({ house, actors }: Begun): Promise<Pick<Matters, 'reset' | 'session' | 'spareLogin'>> => {
  const spareLogin = 'probe-spare'
  const keeper = actors.find(({ actor: { role, org } }) => role === 'administrator' && org === null)?.actor
  if (!keeper) throw new Error('Nobody keeps the accounts of the region')
  const { account } = await house.done('security.create-account', keeper, {
    login: spareLogin,
    password: 'an invented password',
    role: 'village-doctor',
    institution: PLACES.village,
    name: { zh: '演示' },
  })
  await house.database.run(sql`insert into security.factor (id, account_id, key_wrapped, secret_sealed, created_at, confirmed_at)
    values (gen_random_uuid(), ${account}, '\\x01', '\\x02', now(), now())`)
  await house.database.run(sql`insert into security.recovery_code (account_id, code_hash) values (${account}, '\\x03')`)
  await house.database.run(sql`insert into security.session (token_hash, account_id, created_at, expires_at)
    values ('\\x04', ${account}, now(), now() + interval '1 hour')`)
  const session = await house.database.row<{ id: string }>(sql`select id from security.session where account_id = ${account}`)
  const { reset } = await house.done('security.ask-factor-reset', keeper, { login: spareLogin, reason: '手机遗失' })
  await house.done('security.require-factor', keeper, { institution: PLACES.otherVillage, required: true })
  return { reset, session: session?.id ?? '', spareLogin }
}

/** A message that the province refused and that stands still, and a difference of the books of the same case. */
const stuckLine = async ({ house, referral }: Begun): Promise<Pick<Matters, 'line' | 'difference'>> => {
  const found = await house.database.row<{ org: string; id: string }>(sql`
    update docking.message set state = 'stuck', ready_at = null, refused_code = 'unknown-code', refused_words = '{"zh":"未知","en":"unknown"}'
    where case_id = ${referral} and seq = 1 returning org_id as org, id`)
  if (!found) throw new Error('Nothing of the case was queued for the province')
  const difference = newId()
  await house.database.run(sql`insert into docking.difference (org_id, id, day, case_id, kind, seq_here, seq_there, found_at)
    values (${found.org}, ${difference}, current_date, ${referral}, 'differs', 1, 1, now())`)
  return { line: found, difference: { org: found.org, id: difference } }
}
