import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBack } from '../../../platform/pdf/read-back.ts'
import { generalRisks, generalTold, type ConsentForm } from './consent-panel.ts'
import { sampleConsentForm } from './slip-samples.ts'
import { renderConsentForm } from './slip.ts'

const pagesOf = (form: ConsentForm): string[] => readBack(renderConsentForm(form)).pages.map((text) => text.replace(/[\s\u200B]/g, ''))
const onlyPage = (form: ConsentForm): string => {
  const pages = pagesOf(form)
  assert.equal(pages.length, 1)
  return pages[0] as string
}
const bare = (text: string): string => text.replace(/\s/g, '')
const has = (text: string, parts: readonly string[]) => {
  for (const part of parts) assert.ok(text.includes(bare(part)), `“${part}” is missing`)
}

test('what was told, which risks, and who agreed as whom stand on one A4 page', () => {
  const form = sampleConsentForm
  has(onlyPage(form), [
    '双向转诊知情同意书',
    form.slipNumber,
    form.resident.name,
    '9901**********0023',
    '上转',
    form.fromInstitution ?? '',
    form.toInstitution ?? '',
    '2026-11-23 09:30',
    form.condition,
    form.reason ?? '',
    ...generalTold,
    ...form.risks,
    '■同意转诊',
    '□不同意转诊',
    '与患者关系',
    '儿子',
    '机构盖章',
    '告知医生（签字）',
    '李医生',
  ])
})

test('a refusal is printed with its reason, and the box of agreeing stays empty', () => {
  const answer = { agrees: false, by: 'patient', relation: null, why: '路途太远:没有车', at: sampleConsentForm.printedAt } as const
  const text = onlyPage({ ...sampleConsentForm, answer })
  has(text, ['□同意转诊', '■不同意转诊', '路途太远:没有车', '本人'])
  assert.ok(!text.includes('■同意转诊'))
})

test('a form that nobody has answered leaves both boxes empty and room to sign; without particular risks the general ones are told', () => {
  const text = onlyPage({ ...sampleConsentForm, answer: null, risks: [], language: 'zh' })
  has(text, ['□同意转诊', '□不同意转诊', ...generalRisks])
  assert.ok(!text.includes('■') && !text.includes('Iagree'))
  assert.equal(text.split('—').length - 1, 0, 'where somebody writes, no dash stands in the way')
})

test('what somebody typed is printed, never carried out', () => {
  const reason = '#panic("x") $a$ \\* #read("slip.typ")'
  has(onlyPage({ ...sampleConsentForm, reason }), [reason])
})

test('many risks run on to further pages, and nothing is lost', () => {
  const risks = Array.from({ length: 60 }, (_, at) => `第${at + 1}条风险需要逐条告知并由患者或家属确认已经了解`)
  const pages = pagesOf({ ...sampleConsentForm, risks })
  assert.ok(pages.length > 1)
  has(pages.join(''), risks)
})
