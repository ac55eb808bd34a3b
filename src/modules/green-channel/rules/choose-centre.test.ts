import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Capability, Onset } from '../green-channel.ts'
import { receivesAt } from './centres-around.ts'
import { chooseCentre, type Candidate, type TimedTreatment } from './choose-centre.ts'

const at = (time: string) => instant(`2026-03-02T${time}:00+08:00`)
const known = (time: string): Onset => ({ kind: 'known', at: at(time) })

const centre = (
  institution: string,
  travelMinutes: number,
  capabilities: Capability[],
  patch: Partial<Candidate> = {},
): Candidate => ({
  institution: institution as OrgId,
  name: { zh: institution },
  level: 'primary',
  capabilities,
  km: travelMinutes,
  travelMinutes,
  isOpen: true,
  hasSpecialty: true,
  isOwnPlace: false,
  ...patch,
})

const COUNTY = centre('1', 30, ['lysis'])
const CITY = centre('2', 70, ['lysis', 'thrombectomy', 'ppci'], { level: 'advanced' })

const timed = (
  capability: Capability,
  windowMinutes: number | null,
  doorMinutes: number,
  contactMinutes: number | null = null,
): TimedTreatment => ({
  capability,
  words: { zh: capability, en: capability },
  windowMinutes,
  doorMinutes,
  contactMinutes,
})
const STROKE = [timed('lysis', 270, 60), timed('thrombectomy', 1440, 90)]
const CHEST = [timed('ppci', 720, 90, 120), timed('lysis', 720, 30), timed('ppci', 720, 90)]

const choose = (
  treatments: readonly TimedTreatment[],
  candidates: readonly Candidate[],
  onset: Onset,
  departure: string,
  wish: string | null = null,
  needs: Capability | null = null,
) =>
  chooseCentre({
    candidates,
    treatments,
    needs,
    wish: wish as OrgId | null,
    onset,
    firstContact: at(departure),
    departure: at(departure),
    listedMost: 5,
  })

// onset      leaves   centres                 | goes to, treatment   why this row is here
const STROKE_ROWS: readonly [string, string, readonly Candidate[], string | null, Capability | null, string][] = [
  ['08:00', '09:00', [COUNTY, CITY], '1', 'lysis', 'inside the window the nearest that can dissolve'],
  ['08:00', '11:00', [COUNTY, CITY], '1', 'lysis', 'way 30 and door 60 end on the last minute of 4.5 hours'],
  ['08:00', '11:01', [COUNTY, CITY], '2', 'thrombectomy', 'one minute later only thrombectomy is left'],
  ['08:00', '09:00', [{ ...COUNTY, isOpen: false }, CITY], '2', 'lysis', 'a closed centre is passed by'],
  [
    '08:00',
    '09:00',
    [{ ...COUNTY, hasSpecialty: false }, CITY],
    '2',
    'lysis',
    'so is one that does not receive in the specialty',
  ],
  ['08:00', '09:00', [{ ...COUNTY, isOwnPlace: true }, CITY], '2', 'lysis', 'nobody is sent to where they are'],
  ['08:00', '11:01', [COUNTY], '1', null, 'no window can be kept: the nearest decides, nobody is refused'],
  ['08:00', '09:00', [{ ...COUNTY, isOpen: false }], null, null, 'no centre receives'],
  ['08:00', '09:00', [], null, null, 'no centre at all'],
]

test('A stroke goes to the nearest centre that can begin within the window, lysis before thrombectomy', () => {
  for (const [onset, leaves, centres, place, treatment, why] of STROKE_ROWS) {
    const chosen = choose(STROKE, centres, known(onset), leaves)
    assert.deepEqual([chosen?.institution ?? null, chosen?.treatment ?? null], [place, treatment], why)
  }
})

test('Chest pain goes to PCI when the device can be in place 120 minutes after the first contact, else to the nearest lysis', () => {
  const near = { ...CITY, travelMinutes: 30 }
  assert.equal(
    choose(CHEST, [{ ...COUNTY, travelMinutes: 10 }, near], known('08:00'), '08:30')?.institution,
    '2',
    '30 + 90 is exactly 120',
  )
  assert.equal(
    choose(
      CHEST,
      [
        { ...COUNTY, travelMinutes: 10 },
        { ...near, travelMinutes: 31 },
      ],
      known('08:00'),
      '08:30',
    )?.institution,
    '1',
    '31 + 90 is too long',
  )
  assert.equal(choose(CHEST, [CITY], known('08:00'), '08:30')?.treatment, 'lysis', 'a far PCI centre dissolves first')
})

test('An unknown onset closes no window; the nearest centre judges', () => {
  const chosen = choose(STROKE, [COUNTY, CITY], { kind: 'unknown' }, '23:00')
  assert.equal(chosen?.institution, '1')
  assert.match(chosen?.why.zh ?? '', /发病时间不明/)
})

test('It says of every other centre why it was not taken', () => {
  const verdicts = choose(
    STROKE,
    [COUNTY, CITY, centre('3', 20, ['ppci']), centre('4', 25, ['lysis'], { isOpen: false })],
    known('08:00'),
    '09:00',
  )?.considered
  assert.deepEqual(
    verdicts?.map(({ institution, verdict }) => [institution, verdict]),
    [
      ['1', 'chosen'],
      ['3', 'no-capability'],
      ['4', 'closed'],
      ['2', 'farther'],
    ],
  )
  const late = choose(STROKE, [COUNTY, CITY], known('08:00'), '11:01')?.considered
  assert.equal(
    late?.find(({ institution }) => institution === '1')?.verdict,
    'no-capability',
    'the county cannot do what is left',
  )
})

test('A window that would pass is said of a place that has the capability but is too far', () => {
  const far = centre('9', 100, ['lysis'])
  const considered = choose(STROKE, [COUNTY, far], known('08:00'), '10:30')?.considered
  assert.equal(considered?.find(({ institution }) => institution === '9')?.verdict, 'window-would-pass')
})

test('The doctor may name another centre, if it receives; a need leaves only what can meet it', () => {
  const wished = choose(STROKE, [COUNTY, CITY], known('08:00'), '09:00', '2')
  assert.deepEqual([wished?.institution, wished?.isOwnWish], ['2', true])
  const closed = choose(STROKE, [COUNTY, { ...CITY, isOpen: false }], known('08:00'), '09:00', '2')
  assert.deepEqual([closed?.institution, closed?.isOwnWish], ['1', false])
  assert.equal(choose(STROKE, [COUNTY, CITY], known('08:00'), '09:00', null, 'thrombectomy')?.institution, '2')
  assert.equal(choose(STROKE, [COUNTY], known('08:00'), '09:00', null, 'thrombectomy'), null)
})

// opens    closes   time   | receives
const HOURS: readonly [string | null, string | null, string, boolean, string][] = [
  [null, null, '03:00', true, 'no hours given is day and night'],
  ['08:00', '18:00', '07:59', false, 'just before it opens'],
  ['08:00', '18:00', '08:00', true, 'as it opens'],
  ['08:00', '18:00', '18:00', false, 'as it closes'],
  ['20:00', '06:00', '05:59', true, 'over midnight'],
  ['20:00', '06:00', '12:00', false, 'by day, a night service'],
]

test('A centre receives within its hours, also over midnight', () => {
  for (const [opensAt, closesAt, time, receives, why] of HOURS)
    assert.equal(receivesAt({ opensAt, closesAt }, time), receives, why)
})
