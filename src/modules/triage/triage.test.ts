import assert from 'node:assert/strict'
import test from 'node:test'
import { openTriage } from './open-triage.ts'
import { URGENCY_GRADES } from './triage.ts'

const triage = openTriage()
const codes = (text: string, about = {}): string[] => triage(text, about).departments.map(({ code }) => code)

const FIRST: readonly (readonly [text: string, about: object, code: string])[] = [
  ['反酸烧心半年,晚上平躺更重', {}, '0302'],
  ['腰疼,弯腰就痛,左腿发麻', { age: 45 }, '0403'],
  ['月经推迟十天,白带有异味', { age: 26, sex: 'female' }, '0501'],
  ['孕20周,想问四维彩超什么时候做', { sex: 'female' }, '0502'],
  ['脸上长痘痘好几年了,下巴反复', { age: 22 }, '1300'],
  ['宝宝8个月,拉肚子三天,蛋花汤样', {}, '0700'],
  ['二甲双胍吃了半年,空腹血糖还是9', { age: 55 }, '0307'],
  ['看书久了眼睛干涩、视物模糊', { age: 30 }, '1000'],
  ['智齿发炎,牙龈肿', { age: 25 }, '1200'],
]
for (const [text, about, code] of FIRST) test(`${text} → ${code}`, () => assert.equal(codes(text, about)[0], code))

test('an emergency is one in any dress, and comes with its channel and what to do', () => {
  for (const text of [
    '胸口闷痛出冷汗半小时',
    '您好医生,我想问下,胸口悶痛,出冷汗,半小時了,平时身体很好',
    '胸口闷痛 出冷汗 半小时',
  ]) {
    const { urgency, dangerSigns, departments, advice } = triage(text)
    assert.equal(urgency, 'emergency', text)
    assert.equal(dangerSigns[0]?.channel, 'chest-pain')
    assert.ok(departments.slice(0, 2).some(({ code }) => code === '2000' || code === '0304'))
    assert.match(advice.zh, /120/)
  }
})

test('what is denied or of others is no emergency', () => {
  for (const text of ['没有胸痛,没有出冷汗,就是有点咳嗽', '邻居上个月心梗走了,我没有不舒服,想做个检查']) {
    const { urgency, dangerSigns } = triage(text)
    assert.notEqual(urgency, 'emergency', text)
    assert.deepEqual(dangerSigns, [], text)
  }
})

test('every answer says that it is no diagnosis, gives reasons in both languages, and confidences that fall and sum to at most one', () => {
  const { advice, reasons, departments } = triage('头痛三天,太阳穴一跳一跳的,没有发烧', { age: 30 })
  assert.match(advice.zh, /不是诊断/)
  assert.match(advice.en, /no diagnosis/)
  assert.ok(reasons.length >= 3 && reasons.every(({ zh, en }) => zh !== '' && en !== ''))
  assert.ok(
    reasons.some(({ zh }) => zh.includes('没有')),
    'the denial is told',
  )
  const confidences = departments.map(({ confidence }) => confidence)
  assert.deepEqual(
    confidences,
    confidences.toSorted((one, other) => other - one),
  )
  assert.ok(confidences.reduce((sum, one) => sum + one, 0) <= 1.001)
})

test('only what says nothing medical has no department', () => {
  for (const text of ['停车怎么收费', '你好', 'asdf', '。。。']) assert.deepEqual(codes(text), [], text)
  assert.notDeepEqual(codes('不舒服'), [])
})

test('no man is sent to gynaecology and no grown-up to paediatrics', () => {
  for (const text of ['下面痒,有分泌物', '发烧咳嗽三天']) {
    const men = codes(text, { age: 40, sex: 'male' }).slice(0, 2)
    assert.ok(!men.includes('0501') && !men.includes('0700'), `${text}: ${men}`)
  }
})

test('at most three questions are asked, each would change the answer, and an answer does', () => {
  const text = '头晕两天'
  const before = triage(text, { age: 60 })
  assert.ok(before.questions.length >= 1 && before.questions.length <= 3)
  for (const question of before.questions) {
    const after = question.options.map(({ key }) => triage(text, { age: 60, answers: { [question.key]: key } }))
    assert.ok(
      after.some((one) => one.urgency !== before.urgency || one.departments[0]?.code !== before.departments[0]?.code),
      `no answer to ${question.key} changes anything`,
    )
    assert.ok(
      after.every((one) => one.questions.every(({ key }) => key !== question.key)),
      'it is not asked again',
    )
  }
})

test('an answer never lowers an emergency', () => {
  const text = '突然胸痛,大汗'
  const before = triage(text, { age: 60 })
  assert.equal(before.urgency, 'emergency')
  for (const question of before.questions)
    for (const { key } of question.options)
      assert.ok(
        URGENCY_GRADES.indexOf(triage(text, { age: 60, answers: { [question.key]: key } }).urgency) >=
          URGENCY_GRADES.indexOf('urgent'),
      )
})

test('the same text has the same answer, and a very long one is answered too', () => {
  assert.deepEqual(triage('肚子痛'), triage('肚子痛'))
  assert.ok(codes('我肚子痛。'.repeat(5_000)).length > 0)
})
