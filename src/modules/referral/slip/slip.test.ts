import assert from 'node:assert/strict'
import { test } from 'node:test'

import { readBack } from '../../../platform/pdf/read-back.ts'
import { sampleReceipt, sampleReferralSlip, sampleReturnSlip } from './slip-samples.ts'
import type { Receipt, ReferralSlip } from './slip-types.ts'
import { renderReceipt, renderReferralSlip, renderReturnSlip } from './slip.ts'

const pagesOf = (pdf: Uint8Array): string[] => {
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString('latin1'), '%PDF-')
  // Spaces at the end of a line are not written, and a long run may carry a place to break.
  return readBack(pdf).pages.map((text) => text.replace(/[\s\u200B]/g, ''))
}
const onlyPage = (pdf: Uint8Array): string => {
  const pages = pagesOf(pdf)
  assert.equal(pages.length, 1)
  return pages[0] as string
}
const bare = (text: string): string => text.replace(/\s/g, '')
const timesIn = (text: string, part: string): number => text.split(part).length - 1

/** Every text of the slip's content, wherever it is nested, without codes and the frame. */
const contentOf = (slip: object): string[] =>
  Object.values(slip).flatMap((value) =>
    typeof value === 'string' ? [value] : value === null || typeof value !== 'object' ? [] : contentOf(value),
  )

const frameKeys = ['referralType', 'direction', 'language', 'qrText', 'printedAt', 'zone', 'mark'] as const
const withoutFrame = (slip: object): object =>
  Object.fromEntries(Object.entries(slip).filter(([key]) => !frameKeys.some((name) => name === key)))

test('each field of the referral slip and of its stub is on one A4 page', () => {
  const text = onlyPage(renderReferralSlip(sampleReferralSlip))
  const { resident, ...rest } = sampleReferralSlip
  for (const value of contentOf(withoutFrame({ ...rest, resident: { ...resident, sex: '女', age: '67岁' } })))
    assert.ok(text.includes(bare(value)), `“${value}” is missing`)
  for (const title of ['转出单·存根', '双向转诊（转出）单', '上转', '急诊', '打印', '2026-11-2208:38', '第1/1页'])
    assert.ok(text.includes(title), title)
  assert.equal(timesIn(text, '欧阳䶮'), 2, 'the name stands on the stub and on the slip')
})

test('each field of the return slip and of its stub is on one A4 page', () => {
  const text = onlyPage(renderReturnSlip(sampleReturnSlip))
  const { resident, ...rest } = sampleReturnSlip
  for (const value of contentOf(withoutFrame({ ...rest, resident: { ...resident, sex: '女', age: '67岁' } })))
    assert.ok(text.includes(bare(value)), `“${value}” is missing`)
  for (const title of ['回转单·存根', '双向转诊（回转）单', '下转', '普通']) assert.ok(text.includes(title), title)
})

test('a receipt says the answer, what belongs to it, and how far the resident has come', () => {
  const accepted = onlyPage(renderReceipt(sampleReceipt))
  for (const part of [
    '同意接收',
    '心血管内科二病区',
    '住院床位12-06',
    '到诊时限Arrivebefore2026-11-2212:00',
    '已到诊Arrived2026-11-2210:41',
    '已转回Returned—',
  ])
    assert.ok(accepted.includes(part), part)
  const reason = { code: 'no-bed', says: { zh: '暂无床位。', en: 'No bed now.' } }
  const answered = (answer: Receipt['answer']) => onlyPage(renderReceipt({ ...sampleReceipt, answer }))
  const rejected = answered({ result: 'rejected', reason })
  for (const part of ['不予接收', 'no-bed', '暂无床位。', 'Nobednow.']) assert.ok(rejected.includes(part), part)
  assert.ok(!rejected.includes('到诊时限'))
  const redirected = answered({ result: 'redirected', reason, toInstitution: '湖南省演示人民医院', toDepartment: null })
  for (const part of ['建议改转', '湖南省演示人民医院', '转入科室Todepartment—']) assert.ok(redirected.includes(part), part)
})

test('an empty slip prints a dash for each missing field', () => {
  const none = { address: null, phone: null, sex: null, age: null, recordNumber: null }
  const empty: ReferralSlip = {
    ...sampleReferralSlip,
    language: 'zh',
    resident: { name: '王一', ...none },
    referredOn: null,
    toInstitution: null,
    toDepartment: null,
    receivingDoctor: null,
    impression: null,
    presentHistory: '  \n',
    pastHistory: null,
    treatment: null,
    qrText: null,
    signature: { doctor: null, phone: null, institution: null, signedOn: null },
  }
  // Stub: 5 of the resident, 4 of the way, 2 to sign. Slip: the addressee, sex and age, 4 texts, 4 to sign.
  assert.equal(timesIn(onlyPage(renderReferralSlip(empty)), '—'), 5 + 4 + 2 + 1 + 2 + 4 + 4)
})

test('a long text runs on to further pages, each with title, number and name; nothing is lost', () => {
  const lines = Array.from({ length: 90 }, (_, line) => `第${line + 1}行病情记录`)
  const pages = pagesOf(renderReferralSlip({ ...sampleReferralSlip, presentHistory: lines.join('\n') }))
  assert.ok(pages.length > 1)
  for (const [index, page] of pages.entries()) {
    assert.ok(page.includes(`第${index + 1}/${pages.length}页`))
    for (const part of ['双向转诊（转出）单', 'ZZ20261122-000123', '欧阳䶮'])
      assert.ok(page.includes(part), `${part} on page ${index + 1}`)
  }
  for (const line of lines) assert.equal(timesIn(pages.join(''), line), 1, line)
})

test('what somebody typed is printed, never carried out', () => {
  const name = '#panic("x")$a$\\*b*'
  const text = onlyPage(
    renderReferralSlip({
      ...sampleReferralSlip,
      resident: { ...sampleReferralSlip.resident, name },
      pastHistory: '#read("slip.typ") <label> @x',
    }),
  )
  assert.equal(timesIn(text, name), 2)
  assert.ok(text.includes('#read("slip.typ")<label>@x'))
})

test('a slip of an invented person says so on every page, a real one never', () => {
  const said = '演示数据·非真实患者'
  const mark = (slip: ReferralSlip) => timesIn(onlyPage(renderReferralSlip(slip)), said)
  assert.equal(mark(sampleReferralSlip), 3, 'twice across the page and once in the foot')
  assert.equal(mark({ ...sampleReferralSlip, isSynthetic: false }), 0)
})

test('a cancelled slip is stamped, and English is added only where asked for', () => {
  const zh = onlyPage(renderReferralSlip({ ...sampleReferralSlip, language: 'zh', mark: 'cancelled' }))
  assert.ok(zh.includes('已撤销') && !zh.includes('CANCELLED') && !zh.includes('Impression'))
  const both = onlyPage(renderReferralSlip({ ...sampleReferralSlip, mark: 'cancelled' }))
  assert.ok(both.includes('已撤销') && both.includes('CANCELLED') && both.includes('Impression'))
  assert.ok(!onlyPage(renderReferralSlip(sampleReferralSlip)).includes('已撤销'))
})
