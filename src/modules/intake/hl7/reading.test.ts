import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Hl7Message as Medplum } from '@medplum/core'
import { headerOf } from './header.ts'
import { readHl7, segmentOfName, splitBatch, textAt, valueAt, type Hl7Message } from './reading.ts'
import { decodeHl7 } from './text.ts'

const read = (text: string): Hl7Message => {
  const message = readHl7(text)
  if ('fault' in message) assert.fail(message.fault)
  return message
}
const PID = 'PID|1||7^^^H&1.2&ISO^MR~43^^^CN^NI||王^小明||19610504|M'
const bytes = (text: string, charset: 'utf8' | 'latin1' = 'utf8'): Buffer => Buffer.from(text, charset)
// 王 and 明 in GB 18030.
const GB = Buffer.concat([
  bytes('MSH|^~\\&|HIS|H|||20260101||ADT^A01|1|P|2.4||||||GBK\rPID|1||7||'),
  Buffer.from([0xcd, 0xf5, 0xc3, 0xf7]),
  bytes('\r'),
])

describe('what is read as a message', () => {
  // why it is there | the text | control id, family name, sex
  const RIGHT: readonly (readonly [string, string, readonly [string | null, string | null]])[] = [
    ['as the standard writes it', `MSH|^~\\&|HIS|H|J|J|20260101||ADT^A01|9|P|2.4\r${PID}\r`, ['9', '王']],
    ['a byte order mark before it', `\uFEFFMSH|^~\\&|HIS|H|||20260101||ADT^A01|9|P|2.4\r${PID}`, ['9', '王']],
    ['line feeds instead of returns', `MSH|^~\\&|HIS|H|||20260101||ADT^A01|9|P|2.4\n${PID}\n`, ['9', '王']],
    ['both', `MSH|^~\\&|HIS|H|||20260101||ADT^A01|9|P|2.4\r\n${PID}\r\n\r\n`, ['9', '王']],
    ['blank lines and blanks before it', `\r\n  MSH|^~\\&|HIS|H|||20260101||ADT^A01|9|P|2.4\r\r${PID}`, ['9', '王']],
    ['other signs', `MSH#*%!@#HIS#H###20260101##ADT*A01#9#P#2.4\rPID#1##7***H*MR##王*小明##19610504#M`, ['9', '王']],
    ['signs without the fourth', 'MSH|^~\\|HIS|H|||20260101||ADT^A01|9|P|2.4\rPID|1||7||王^小明', ['9', '王']],
    ['five signs, as 2.7 has them', 'MSH|^~\\&#|HIS|H|||20260101||ADT^A01|9|P|2.7\rPID|1||7||王^小明', ['9', '王']],
    ['a length before it', `0231MSH|^~\\&|HIS|H|||20260101||ADT^A01|9|P|2.4\r${PID}`, ['9', '王']],
    ['no control id', 'MSH|^~\\&|HIS|H|||20260101||ADT^A01||P|2.4\rPID|1||7||王', [null, '王']],
    ['a segment without fields', 'MSH|^~\\&|HIS|H|||20260101||ADT^A01|9|P|2.4\rPV2\rPID|1||7||王', ['9', '王']],
  ]
  for (const [why, text, [id, family]] of RIGHT)
    test(why, () => {
      const message = read(text)
      assert.equal(headerOf(message).controlId, id)
      assert.equal(headerOf(message).event, 'A01')
      assert.equal(valueAt(message, segmentOfName(message, 'PID'), 5), family)
    })

  // why it is none | the text | fault
  const WRONG: readonly (readonly [string, string, string])[] = [
    ['nothing', '', 'empty'],
    ['only blanks', ' \r\n\r', 'empty'],
    ['no header', PID, 'no-header'],
    ['a page of the web', '<html><body>502</body></html>', 'no-header'],
    ['a letter as separator', 'MSHA^~\\&AHIS', 'delimiters-unusable'],
    ['two equal signs', 'MSH|^^\\&|HIS|H|||||ADT^A01|1|P|2.4', 'delimiters-unusable'],
    ['no kind of message', 'MSH|^~\\&|HIS|H|||20260101|||9|P|2.4', 'no-type'],
    ['cut off within the header', 'MSH|^~\\&|HIS', 'no-type'],
  ]
  for (const [why, text, fault] of WRONG) test(`not: ${why}`, () => assert.deepEqual(readHl7(text), { fault }))
})

describe('what a field says', () => {
  const line = (field: string): Hl7Message => read(`MSH|^~\\&|HIS|H|||20260101||ORU^R01|9|P|2.4\rOBX|1|ST|1^x||${field}`)
  const obx = (field: string): string | null => textAt(line(field), segmentOfName(line(field), 'OBX'), 5)
  const CASES: readonly (readonly [string, string | null])[] = [
    ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
    ['one\\.br\\two', 'one\ntwo'],
    ['one\\X0D0A\\two', 'one\ntwo'],
    ['\\XE79599\\', '留'],
    ['\\XC7E5\\', '清'],
    ['\\H\\bold\\N\\', 'bold'],
    ['3\\.sp2\\4', '3\n\n4'],
    ['C:\\new', 'C:\\new'],
    ['\\Zunknown\\', '\\Zunknown\\'],
    ['""', null],
    ['first~second', 'first\nsecond'],
  ]
  for (const [written, text] of CASES) test(written, () => assert.equal(obx(written), text))

  test('a line end that nobody escaped belongs to the text before it', () => {
    const message = read('MSH|^~\\&|HIS|H|||20260101||ORU^R01|9|P|2.4\rOBX|1|TX|1^x||第一行\n第二行 三\nOBX|2|ST|2^y||z')
    assert.equal(message.segments.length, 3)
    assert.equal(textAt(message, message.segments[1], 5), '第一行\n第二行 三')
  })

  test('what a well-kept library reads of a plain message is read alike', () => {
    const text = `MSH|^~\\&|HIS|H|J|J|20260101||ADT^A01|9|P|2.4\r${PID}\rPV1|1|I|W^1^2||||5^李^四`
    const theirs = Medplum.parse(text)
    for (const name of ['PID', 'PV1'])
      for (let field = 1; field <= 8; field++) {
        const ours = read(text)
        assert.equal(valueAt(ours, segmentOfName(ours, name), field) ?? '', theirs.getSegment(name)?.getComponent(field, 1) ?? '')
      }
  })
})

describe('character sets', () => {
  const familyIn = (given: Buffer): string | null => {
    const decoded = decodeHl7(given)
    assert.ok(decoded)
    const message = read(decoded.text)
    return valueAt(message, segmentOfName(message, 'PID'), 5)
  }
  test('named GBK', () => assert.equal(familyIn(GB), '王明'))
  test('GB 18030 that nobody named', () =>
    assert.equal(familyIn(Buffer.from(GB.toString('latin1').replace('GBK', ''), 'latin1')), '王明'))
  test('GB 18030 that calls itself UTF-8', () =>
    assert.equal(familyIn(Buffer.from(GB.toString('latin1').replace('GBK', 'UNICODE UTF-8'), 'latin1')), '王明'))
  test('UTF-8 that calls itself ASCII', () =>
    assert.equal(familyIn(bytes('MSH|^~\\&|HIS|H|||20260101||ADT^A01|1|P|2.4||||||ASCII\rPID|1||7||王')), '王'))
  test('UTF-16 with its mark', () =>
    assert.equal(
      familyIn(
        Buffer.concat([
          Buffer.from([0xff, 0xfe]),
          Buffer.from('MSH|^~\\&|HIS|H|||20260101||ADT^A01|1|P|2.4\rPID|1||7||王', 'utf16le'),
        ]),
      ),
      '王',
    ))
  test('bytes that are no text', () => assert.equal(decodeHl7(Buffer.from([0x80, 0xff, 0xff, 0x00, 0x81])), null))
})

test('a batch is taken apart, and says what its trailer counts', () => {
  const one = (id: number): string => `MSH|^~\\&|HIS|H|||20260101||ADT^A01|${id}|P|2.4\rPID|1||7||王`
  const batch = splitBatch(`FHS|^~\\&|HIS|H\rBHS|^~\\&|HIS|H|||||||77\r${one(1)}\r${one(2)}\rBTS|2\rFTS|1\r`)
  assert.deepEqual([batch.messages.length, batch.counted, batch.header?.slice(0, 4)], [2, 2, 'BHS|'])
  assert.deepEqual(splitBatch(one(1)).messages.length, 1)
  assert.deepEqual(splitBatch('not a message\rat all').messages, ['not a message\rat all'])
})
