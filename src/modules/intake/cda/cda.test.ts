import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { faultOfResource } from '../../health-record/index.ts'
import { resourceOf, type Draft, type Elements } from '../draft.ts'
import { readDocument } from './document.ts'

const ORIGIN = {
  org: '4303210000000' as OrgId,
  person: '77' as PersonId,
  source: 'intake:test',
  zone: 'Asia/Shanghai',
  synthetic: true,
}

const draftsIn = (xml: string | Buffer): readonly Draft[] => {
  const read = readDocument(Buffer.from(xml))
  if ('fault' in read) assert.fail(read.fault)
  const drafts = read.content.drafts(ORIGIN)
  if ('fault' in drafts) assert.fail(drafts.fault)
  for (const draft of drafts)
    assert.equal(faultOfResource(JSON.parse(JSON.stringify(resourceOf(ORIGIN, draft)))), null, draft.type)
  return drafts
}
const faultIn = (xml: string | Buffer): string => {
  const read = readDocument(Buffer.from(xml))
  return 'fault' in read ? read.fault : assert.fail('it was read')
}
const of = (drafts: readonly Draft[], type: string): Elements[] =>
  drafts.filter((one) => one.type === type).map(({ elements }) => JSON.parse(JSON.stringify(elements)) as Elements)

const HEAD = `<recordTarget><patientRole><id root="2.16.156.10011.1.19" extension="K0001"/><addr><state>湖南省</state><county>湘潭县</county><streetName>演示路</streetName></addr>
  <telecom value="13900000000"/><patient><id root="2.16.156.10011.1.3" extension="990101196101010015"/><name>演示甲</name>
  <administrativeGenderCode code="2" codeSystem="2.16.156.10011.2.3.3.4"/><birthTime value="19610101"/></patient></patientRole></recordTarget>
  <author><assignedAuthor><assignedPerson><name>李演示</name></assignedPerson></assignedAuthor></author>`
const document = (
  sections: string,
  { head = HEAD, id = '<id root="2.16.156.10011.1.1" extension="D1"/>', title = '门(急)诊病历' } = {},
): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${id}
  <code code="C0002" codeSystem="2.16.156.10011.2.4"/><title>${title}</title><effectiveTime value="20261001103000"/>${head}<component><structuredBody>${sections}</structuredBody></component></ClinicalDocument>`
const section = (code: string, body: string): string =>
  `<component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1"/><text>正文</text>${body}</section></component>`
const element = (code: string, value: string, inside = ''): string =>
  `<observation classCode="OBS" moodCode="EVN"><code code="${code}" codeSystem="2.16.156.10011.2.2.1"/>${value}${inside}</observation>`

describe('shared documents of WS/T 500', () => {
  test('the header: numbers, name, sex, birthday, phone, address', () => {
    const read = readDocument(Buffer.from(document('')))
    if ('fault' in read) assert.fail(read.fault)
    const { person } = read.content
    assert.deepEqual(
      [person.zh, person.sex, person.bornOn, person.phone, person.address],
      ['演示甲', 'female', '1961-01-01', '13900000000', '湖南省湘潭县演示路'],
    )
    assert.deepEqual([person.ids, person.idNumber], [['2.16.156.10011.1.19|K0001'], '990101196101010015'])
  })

  test('the original stays word for word and is found from the record', () => {
    const xml = document(section('10154-3', ''))
    const drafts = draftsIn(xml)
    const [binary] = of(drafts, 'Binary')
    assert.equal(Buffer.from(String(binary?.['data']), 'base64').toString('utf8'), xml)
    const [reference] = of(drafts, 'DocumentReference')
    assert.match(JSON.stringify(reference), /Binary\/[0-9a-f-]{36}/)
    const [composition] = of(drafts, 'Composition')
    assert.deepEqual([composition?.['title'], composition?.['date']], ['门(急)诊病历', '2026-10-01T02:30:00.000Z'])
  })

  test('a diagnosis whose name stands around its code (病历概要), and one whose code stands alone', () => {
    const code = element('DE05.01.024.00', '<value xsi:type="CD" code="I10" codeSystem="2.16.156.10011.2.3.3.11"/>')
    const around = element(
      'DE05.01.025.00',
      '<value xsi:type="ST">高血压病</value>',
      `<entryRelationship typeCode="COMP">${code}</entryRelationship>`,
    )
    const alone = element(
      'DE05.01.024.00',
      '<value xsi:type="CD" code="E11.9" codeSystem="2.16.156.10011.2.3.3.11.3" displayName="2型糖尿病"/>',
    )
    const conditions = of(draftsIn(document(section('29548-5', `<entry>${around}</entry><entry>${alone}</entry>`))), 'Condition')
    assert.deepEqual(
      conditions.map(({ code: one }) => [
        (one as { coding: { code: string; system: string }[] }).coding[0]?.code,
        (one as { text: string }).text,
      ]),
      [
        ['I10', '高血压病'],
        ['E11.9', '2型糖尿病'],
      ],
    )
    assert.match(JSON.stringify(conditions[0]), /sid\/icd-10/)
  })

  test('a laboratory item with its result and unit in entries below it (检验报告)', () => {
    const result = element('DE04.30.015.00', '<value xsi:type="REAL" value="6.20"/>')
    const unit = element('DE04.30.016.00', '<value xsi:type="ST">mmol/L</value>')
    const item = element(
      'DE04.30.020.00',
      '<value xsi:type="ST">总胆固醇</value>',
      `<entryRelationship>${result}</entryRelationship><entryRelationship>${unit}</entryRelationship>`,
    )
    const read = draftsIn(document(section('30954-2', `<entry>${item}</entry>`)))
    assert.equal(of(read, 'Observation').length, 1)
    assert.match(
      JSON.stringify(read.find(({ type }) => type === 'Observation')?.elements),
      /"text":"总胆固醇".*"value":6\.20,"unit":"mmol\/L"/,
    )
  })

  test('vital signs by their data elements; an allergy in words; none is none', () => {
    const vitals = section(
      '8716-3',
      `<entry>${element('DE04.10.174.00', '<value xsi:type="PQ" value="186" unit="mmHg"/>')}</entry>`,
    )
    const allergy = (words: string): string =>
      section('48765-2', `<entry>${element('DE02.10.022.00', `<value xsi:type="ST">${words}</value>`)}</entry>`)
    const drafts = draftsIn(document(vitals + allergy('青霉素')))
    assert.match(JSON.stringify(of(drafts, 'Observation')), /8480-6.*"value":186/)
    assert.equal(of(drafts, 'AllergyIntolerance').length, 1)
    assert.equal(of(draftsIn(document(allergy('否认药物过敏史'))), 'AllergyIntolerance').length, 0)
  })

  test('GB 18030 with its declaration', () => {
    const parts = document('', { title: '@' })
      .replace('UTF-8', 'GB18030')
      .replaceAll(/\P{ASCII}/gu, 'X')
      .split('@')
    const bytes = Buffer.concat([
      Buffer.from(parts[0] as string),
      Buffer.from([0xb2, 0xa1, 0xc0, 0xfa]),
      Buffer.from(parts[1] as string),
    ])
    assert.equal(of(draftsIn(bytes), 'Composition')[0]?.['title'], '病历')
  })

  test('with prefixes for its namespace, and a byte order mark', () => {
    const xml = document('')
      .replaceAll(/<(\/?)([A-Za-z])/g, '<$1cda:$2')
      .replace('xmlns="urn', 'xmlns:cda="urn')
      .replace('<cda:?xml', '<?xml')
    assert.equal(of(draftsIn(`\uFEFF${xml}`), 'Composition').length, 1)
  })
})

test('a continuity of care document (C-CDA): allergies, medicines, problems, results, procedures, immunisations', () => {
  const drug =
    '<consumable><manufacturedProduct><manufacturedMaterial><code code="314076" codeSystem="2.16.840.1.113883.6.88" displayName="lisinopril 10 MG"/></manufacturedMaterial></manufacturedProduct></consumable>'
  const xml = document(
    section('48765-2', '<entry><act><entryRelationship><observation><id root="a1"/><code code="ASSERTION"/><value xsi:type="CD" code="419511003"/><participant><participantRole><playingEntity><code code="7980" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin"/></playingEntity></participantRole></participant></observation></entryRelationship></act></entry>') +
      section('10160-0', `<entry><substanceAdministration><id root="m1"/><statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="20260101"/></effectiveTime><doseQuantity value="1" unit="tablet"/>${drug}</substanceAdministration></entry>`) +
      section('11450-4', '<entry><act><entryRelationship><observation><id root="p1"/><code code="55607006"/><effectiveTime><low value="20200101"/><high value="20210101"/></effectiveTime><value xsi:type="CD" code="233604007" codeSystem="2.16.840.1.113883.6.96" displayName="Pneumonia"/></observation></entryRelationship></act></entry>') +
      section('30954-2', '<entry><organizer><component><observation><id root="r1"/><code code="718-7" codeSystem="2.16.840.1.113883.6.1" displayName="Hemoglobin"/><effectiveTime value="20260101080000+0000"/><value xsi:type="PQ" value="13.20" unit="g/dL"/></observation></component></organizer></entry>') +
      section('47519-4', '<entry><procedure><id root="o1"/><code code="80146002" codeSystem="2.16.840.1.113883.6.96" displayName="Appendectomy"/><effectiveTime value="20150301"/></procedure></entry>') +
      section('11369-6', '<entry><substanceAdministration negationInd="false"><id root="i1"/><effectiveTime value="20251001"/><consumable><manufacturedProduct><manufacturedMaterial><code code="140" codeSystem="2.16.840.1.113883.12.292" displayName="Influenza"/><lotNumberText>L1</lotNumberText></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>'),
    { title: 'Continuity of Care Document' },
  ) // prettier-ignore
  const drafts = draftsIn(xml)
  const count = (type: string): number => of(drafts, type).length
  assert.deepEqual(
    ['AllergyIntolerance', 'MedicationStatement', 'Condition', 'Observation', 'Procedure', 'Immunization'].map(count),
    [1, 1, 1, 1, 1, 1],
  )
  assert.match(JSON.stringify(of(drafts, 'Condition')[0]), /"resolved"/)
  assert.match(JSON.stringify(drafts.find(({ type }) => type === 'Observation')?.elements), /"value":13\.20/)
  assert.match(JSON.stringify(of(drafts, 'AllergyIntolerance')[0]), /Penicillin/)
})

describe('what is refused', () => {
  const CASES: readonly (readonly [string, string | Buffer, string])[] = [
    [
      'a file of this machine as an entity',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><ClinicalDocument>&x;</ClinicalDocument>',
      'xml-forbidden',
    ],
    [
      'entities that grow without end',
      '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><ClinicalDocument>&b;</ClinicalDocument>',
      'xml-forbidden',
    ],
    ['a doctype of somewhere else', '<!DOCTYPE html PUBLIC "x" "http://example.org/x.dtd"><ClinicalDocument/>', 'xml-forbidden'],
    [
      'a doctype hidden by UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<!DOCTYPE a []><ClinicalDocument/>', 'utf16le')]),
      'xml-forbidden',
    ],
    ['an encoding that nobody reads', '<?xml version="1.0" encoding="UTF-7"?><ClinicalDocument/>', 'no-text'],
    ['elements without end', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`, 'xml-unreadable'],
    ['not closed', '<ClinicalDocument><id root="1"/>', 'xml-unreadable'],
    ['another document', '<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', 'not-a-document'],
    ['without a number', document('', { id: '' }), 'document-unnumbered'],
    ['about nobody', document('', { head: '' }), 'person-unnumbered'],
    ['about somebody without a name', document('', { head: HEAD.replace('<name>演示甲</name>', '') }), 'person-nameless'],
  ]
  for (const [why, xml, fault] of CASES) test(why, () => assert.equal(faultIn(xml), fault))
})
