import assert from 'node:assert/strict'
import { test } from 'node:test'
import { illnessGloss, measureGloss } from './glosses.ts'

for (const [name, code, begins, why] of [
  ['原发性高血压', 'I10', '血管里的压力', 'by its code'],
  ['原发性高血压', 'I10.x02', '血管里的压力', 'a longer code has the same meaning'],
  ['高血压病3级', null, '血管里的压力', 'by its name where there is no code'],
  ['2型糖尿病', '44054006', '血里的糖', 'a code of another system is passed over'],
  ['社区获得性肺炎', 'j18.9', '肺里发炎', 'small letters too'],
] as const) {
  test(`${name} (${String(code)}) is explained: ${why}`, () => {
    assert.ok(illnessGloss(name, code)?.zh.startsWith(begins))
  })
}

test('what has no gloss is left alone rather than guessed', () => {
  assert.equal(illnessGloss('先天性无虹膜', 'Q13.1'), null)
  assert.equal(measureGloss('抗核抗体'), null)
})

test('glycated haemoglobin is about sugar, haemoglobin about oxygen', () => {
  assert.ok(measureGloss('糖化血红蛋白')?.zh.includes('血糖'))
  assert.ok(measureGloss('血红蛋白')?.zh.includes('氧气'))
})
