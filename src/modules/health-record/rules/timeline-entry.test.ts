import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Resource } from './fhir-reading.ts'
import { TIMELINE_TYPES, timelineEntry } from './timeline-entry.ts'

const ZONE = 'Asia/Shanghai'
const titleOf = (resource: Resource): string[] => {
  const entry = timelineEntry(resource, ZONE)
  assert.ok(entry)
  return [entry.words.zh, entry.words.en ?? '']
}

test('A visit that nothing names is called by its class', () => {
  const rows = [
    ['IMP', '住院', 'Inpatient stay'],
    ['ACUTE', '住院', 'Inpatient stay'],
    ['AMB', '门诊', 'Outpatient visit'],
    ['EMER', '急诊', 'Emergency visit'],
    ['HH', '上门服务', 'Home visit'],
    ['of-one-house', '就诊', 'Visit'],
  ] as const
  for (const [code, zh, en] of rows) assert.deepEqual(titleOf({ resourceType: 'Encounter', class: { code } }), [zh, en], code)
  assert.deepEqual(titleOf({ resourceType: 'Encounter' }), ['就诊', 'Visit'])
  assert.deepEqual(titleOf({ resourceType: 'Encounter', class: { code: 'IMP' }, serviceType: {}, type: [{}] }), [
    '住院',
    'Inpatient stay',
  ])
})

test('What names a visit goes before its class: the reason, then the type', () => {
  const stay = { resourceType: 'Encounter', class: { code: 'IMP' } }
  assert.equal(titleOf({ ...stay, type: [{ text: '心内科住院' }] })[0], '心内科住院')
  assert.equal(titleOf({ ...stay, type: [{ text: '心内科住院' }], reasonCode: [{ text: '胸痛' }] })[0], '胸痛')
})

test('No kind of line stands without saying what it is', () => {
  for (const type of Object.values(TIMELINE_TYPES).flat()) {
    const [zh, en] = titleOf({ resourceType: type })
    assert.ok(zh && /\p{Script=Han}/u.test(zh) && !zh.includes('未命名'), `${type}: ${zh}`)
    assert.ok(en && !en.includes('no name'), `${type}: ${en}`)
  }
  const named = new Set(
    Object.values(TIMELINE_TYPES)
      .flat()
      .map((type) => titleOf({ resourceType: type })[0]),
  )
  assert.equal(named.size, Object.values(TIMELINE_TYPES).flat().length - 1, 'only the two kinds of document share a name')
})
