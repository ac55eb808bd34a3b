import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarFile } from './calendar-file.ts'

const entry = {
  id: '0190-1',
  title: '看病：某县人民医院（演示）',
  where: '门诊楼 2 层, 3 诊室; 心内科',
  notes: `要带：身份证\n${'病历'.repeat(40)}`,
  startsAt: '2026-11-25T09:00:00+08:00',
  endsAt: '2026-11-25T09:30:00+08:00',
  madeAt: Date.parse('2026-11-22T00:00:00Z'),
}
const unfolded = (file: string): string => file.replaceAll('\r\n ', '')

test('times are written in UTC, so that the telephone shows them in its own zone', () => {
  const file = calendarFile(entry)
  assert.match(file, /\r\nDTSTART:20261125T010000Z\r\nDTEND:20261125T013000Z\r\n/)
  assert.match(file, /\r\nDTSTAMP:20261122T000000Z\r\n/)
})

test('commas, semicolons and line ends inside a text are escaped', () => {
  const file = unfolded(calendarFile(entry))
  assert.ok(file.includes(String.raw`LOCATION:门诊楼 2 层\, 3 诊室\; 心内科`))
  assert.ok(file.includes(String.raw`DESCRIPTION:要带：身份证\n病历`))
})

test('no line has more than 75 octets, and no character is broken', () => {
  const lines = calendarFile(entry).split('\r\n')
  assert.deepEqual(
    lines.filter((line) => Buffer.byteLength(line) > 75),
    [],
  )
  assert.ok(
    lines.some((line) => line.startsWith(' ')),
    'the long text was folded',
  )
  assert.ok(unfolded(calendarFile(entry)).includes('病历'.repeat(40)))
})

test('two reminders: the evening before and two hours before', () => {
  assert.deepEqual(calendarFile(entry).match(/TRIGGER:.*/g), ['TRIGGER:-PT900M', 'TRIGGER:-PT120M'])
})
