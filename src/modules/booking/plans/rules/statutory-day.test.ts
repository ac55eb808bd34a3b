import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusDays, type Day } from '../../../../kernel/day.ts'
import { isYearArranged, statutoryDay } from './statutory-day.ts'

/** Every day of a year that is not ordinary. */
const special = (year: number, is: 'holiday' | 'make-up'): string[] => {
  const days: string[] = []
  for (let day = `${year}-01-01` as Day; day.startsWith(String(year)); day = plusDays(day, 1)) {
    const found = statutoryDay(day)
    if (found.is === is) days.push(`${day.slice(5)} ${found.name?.zh ?? ''}`)
  }
  return days
}
const run = (name: string, from: string, through: string): string[] => {
  const days: string[] = []
  for (let day = `2026-${from}` as Day; day <= `2026-${through}`; day = plusDays(day, 1)) days.push(`${day.slice(5)} ${name}`)
  return days
}

test('2026 as the State Council arranged it (国务院办公厅关于2026年部分节假日安排的通知)', () => {
  assert.deepEqual(special(2026, 'holiday'), [
    ...run('元旦', '01-01', '01-03'),
    ...run('春节', '02-15', '02-23'),
    ...run('清明', '04-04', '04-06'),
    ...run('劳动节', '05-01', '05-05'),
    ...run('端午', '06-19', '06-21'),
    ...run('中秋', '09-25', '09-27'),
    ...run('国庆节', '10-01', '10-07'),
  ])
  assert.deepEqual(special(2026, 'make-up'), [
    '01-04 元旦',
    '02-14 春节',
    '02-28 春节',
    '05-09 劳动节',
    '09-20 国庆节',
    '10-10 国庆节',
  ])
  assert.equal(statutoryDay('2026-01-04' as Day).isArranged, true)
})

test('a year that is not arranged yet has the thirteen days of the law, and no make-up workdays', () => {
  // A year far beyond every published arrangement, so that the table stays true; 2044 has a leap seventh month.
  assert.equal(isYearArranged('2044'), false)
  assert.deepEqual(special(2044, 'holiday'), [
    '01-01 元旦',
    '01-29 春节',
    '01-30 春节',
    '01-31 春节',
    '02-01 春节',
    '04-04 清明',
    '05-01 劳动节',
    '05-02 劳动节',
    '05-31 端午',
    '10-01 国庆节',
    '10-02 国庆节',
    '10-03 国庆节',
    '10-05 中秋',
  ])
  assert.deepEqual(special(2044, 'make-up'), [])
  assert.equal(statutoryDay('2044-05-01' as Day).isArranged, false)
})

test('2027: by law while it is not arranged, by arrangement afterwards; New Year and National Day are closed either way', () => {
  const closed = special(2027, 'holiday')
  for (const day of ['01-01 元旦', '02-06 春节', '04-05 清明', '05-01 劳动节', '06-09 端午', '09-15 中秋', '10-01 国庆节'])
    assert.ok(closed.includes(day), day)
  assert.equal(closed.length >= 13, true)
})
