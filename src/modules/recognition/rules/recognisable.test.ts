import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { EarlierResult, Item, Mark, Obstacle, Standing } from '../recognition.ts'
import { newestFirst, recognisability, type RecognitionFacts } from './recognisable.ts'

const org = (id: string): OrgId => id as OrgId
const at = (text: string): Instant => text as Instant
const county: Standing = { id: org('1'), height: 2, division: '430321000000', consortium: '430321' }
const township: Standing = { id: org('2'), height: 1, division: '430321100000', consortium: '430321' }
const city: Standing = { id: org('3'), height: 3, division: '430300000000', consortium: null }
const otherCounty: Standing = { id: org('4'), height: 2, division: '430382000000', consortium: '430382' }
const otherCity: Standing = { id: org('5'), height: 3, division: '430100000000', consortium: null }
const otherProvince: Standing = { id: org('6'), height: 3, division: '420100000000', consortium: null }
const ct: Item = {
  code: 'CT-CHEST',
  zh: '胸部 CT',
  en: 'CT of the chest',
  kind: 'imaging',
  daysValid: 30,
  priceFen: 20_000,
  alsoCoded: [],
  siteMatters: true,
}
const ecg: Item = { ...ct, code: 'ECG', kind: 'ecg', daysValid: 0, siteMatters: false }
const result = (of: Partial<EarlierResult> = {}): EarlierResult => ({
  reference: 'DiagnosticReport/1', title: '胸部 CT', item: 'CT-CHEST', at: at('2026-10-10T02:00:00Z'), status: 'final', site: '胸部', performer: city.id, value: null, ...of,
}) // prettier-ignore
const mark = (scope: Mark['scope'], of: Partial<Mark> = {}): Mark => ({
  institution: city.id,
  item: 'CT-CHEST',
  scope,
  from: '2026-01-01',
  until: '2027-01-01',
  certificate: null,
  ...of,
})
const facts = (of: Partial<RecognitionFacts>): RecognitionFacts => ({
  item: ct, site: '胸部', result: result(), performer: city, receiver: county, marks: [mark('city')], now: at('2026-10-20T02:00:00Z'), zone: 'Asia/Shanghai', higherRecognisesLower: false, ...of,
}) // prettier-ignore

describe('what is recognised', () => {
  // why | what differs | obstacles
  const CASES: readonly (readonly [string, Partial<RecognitionFacts>, readonly Obstacle[]])[] = [
    ['a lower institution recognises a higher one of its city by a city mark', {}, []],
    ['a corrected report counts', { result: result({ status: 'corrected' }) }, []],
    ['not a preliminary one', { result: result({ status: 'preliminary' }) }, ['not-final']],
    ['not one entered in error', { result: result({ status: 'entered-in-error' }) }, ['not-final']],
    ['another site of the body is another examination', { site: '腹部' }, ['other-site']],
    ['blanks and width do not make another site', { site: ' 胸 部' }, []],
    ['no site ordered, a site made: not the same', { site: null }, ['other-site']],
    ['where the site does not matter, none is asked for', { item: { ...ct, siteMatters: false }, site: null }, []],
    ['on the last day of its validity', { now: at('2026-11-09T02:00:00Z') }, []],
    ['one day later not', { now: at('2026-11-10T02:00:00Z') }, ['too-old']],
    ['days are days of the region: 23:59 in Shanghai is still the last one', { now: at('2026-11-09T15:59:00Z') }, []],
    ['and 00:00 is not', { now: at('2026-11-09T16:00:00Z') }, ['too-old']],
    ['an electrocardiogram of the same day', { item: ecg, now: at('2026-10-10T15:00:00Z') }, []],
    ['not of the day before', { item: ecg, now: at('2026-10-10T16:00:00Z') }, ['too-old']],
    ['a time in the future is a slip', { result: result({ at: at('2026-10-21T02:00:00Z') }) }, ['in-future']],
    ['no time at all', { result: result({ at: null }) }, ['too-old', 'no-mark']],
    ['no mark', { marks: [] }, ['no-mark']],
    ['a mark that began after the examination', { marks: [mark('city', { from: '2026-10-11' })] }, ['no-mark']],
    ['a mark that began on its day', { marks: [mark('city', { from: '2026-10-10' })] }, []],
    ['a mark that ended on its day is over', { marks: [mark('city', { until: '2026-10-10' })] }, ['no-mark']],
    ['a mark that ended since was valid then', { marks: [mark('city', { until: '2026-10-11' })] }, []],
    ['a mark without an end', { marks: [mark('city', { until: null })] }, []],
    ['a city mark does not leave its city', { performer: otherCity }, ['mark-elsewhere']],
    ['a provincial mark does', { performer: otherCity, marks: [mark('province')] }, []],
    ['but not its province', { performer: otherProvince, marks: [mark('province')] }, ['mark-elsewhere']],
    ['a national mark goes everywhere', { performer: otherProvince, marks: [mark('national')] }, []],
    ['a consortium mark inside it', { performer: township, marks: [mark('consortium')] }, []],
    ['not outside', { performer: otherCounty, marks: [mark('consortium')] }, ['mark-elsewhere']],
    ['institutions of one level recognise each other', { performer: otherCounty }, []],
    ['inside a consortium also upwards', { performer: township }, []],
    ['outside a higher one is not bound to recognise a lower', { performer: otherCounty, receiver: city }, ['lower-level']],
    ['where a local pilot says so, it is', { performer: otherCounty, receiver: city, higherRecognisesLower: true }, []],
    ['one’s own result needs no mark', { performer: county, marks: [] }, []],
    ['nobody knows who made it', { performer: null }, ['performer-unknown']],
    ['everything that is wrong is said', { performer: otherProvince, marks: [], site: '头', result: result({ status: 'partial' }), now: at('2027-10-20T02:00:00Z') }, ['not-final', 'other-site', 'too-old', 'no-mark']],
  ] // prettier-ignore
  for (const [why, of, obstacles] of CASES) test(why, () => assert.deepEqual(recognisability(facts(of)).obstacles, obstacles))
})

test('the newest recognisable result is offered first', () => {
  const rows = ['2026-10-10T02:00:00Z', '2026-10-12T02:00:00Z', null].map((moment) => ({
    result: result({ at: moment === null ? null : at(moment) }),
  }))
  assert.deepEqual(
    newestFirst(rows).map(({ result: one }) => one.at),
    ['2026-10-12T02:00:00Z', '2026-10-10T02:00:00Z', null],
  )
})
