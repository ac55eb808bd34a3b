import assert from 'node:assert/strict'
import test from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import type { ReadMark } from '../correspondence.ts'
import type { FileRead } from '../files/read-file.ts'
import { faultsOfFiles } from './may-attach.ts'
import { mayWithdraw } from './may-withdraw.ts'
import { mayWrite } from './may-write.ts'
import { readersOf } from './readers-of.ts'

const at = (time: string): Instant => `2026-11-22T${time}.000Z` as Instant
const codes = (result: { ok: boolean; refusals?: readonly { code: string }[] }): string => result.refusals?.[0]?.code ?? 'allowed'

const DAYS = 14
const OPEN = { isDraft: false, isErased: false, endedAt: null }
const endedDaysAgo = (days: number, milliseconds = 0): Instant =>
  new Date(Date.parse(at('08:00:00')) - days * 86_400_000 + milliseconds).toISOString() as Instant

// facts | code | the sentence
const WRITES: [Parameters<typeof mayWrite>[0], string, string][] = [
  [OPEN, 'allowed', 'an open case is talked about'],
  [{ ...OPEN, isDraft: true }, 'correspondence.not-sent-yet', 'a draft has nobody to talk to'],
  [{ ...OPEN, isErased: true }, 'correspondence.person-erased', 'nothing new can be sealed for an erased person'],
  [{ ...OPEN, endedAt: endedDaysAgo(DAYS, 1) }, 'allowed', 'one millisecond before the last day is over'],
  [{ ...OPEN, endedAt: endedDaysAgo(DAYS) }, 'correspondence.closed', 'when the last day is over'],
]
for (const [facts, code, why] of WRITES)
  test(`Writing: ${why}`, () => assert.equal(codes(mayWrite(facts, at('08:00:00'), DAYS)), code))

const MINUTES = 5
// written at | own | withdrawn at | code | the sentence
const WITHDRAWALS: [string, boolean, string | null, string, string][] = [
  ['07:55:01', true, null, 'allowed', 'one second before the time is over'],
  ['07:55:00', true, null, 'correspondence.withdraw-too-late', 'when the time is over'],
  ['07:59:00', false, null, 'correspondence.not-own', 'a message of somebody else'],
  ['07:59:00', true, '07:59:30', 'correspondence.withdrawn-already', 'only once'],
]
for (const [time, isOwn, withdrawn, code, why] of WITHDRAWALS)
  test(`Withdrawing: ${why}`, () =>
    assert.equal(
      codes(mayWithdraw({ isOwn, at: at(time), withdrawnAt: withdrawn ? at(withdrawn) : null }, at('08:00:00'), MINUTES)),
      code,
    ))

const LIMITS = { fileBytes: 700_000, filesBytes: 720_000, picturePixels: 25_000_000 }
const picture = (width: number, height: number): FileRead => ({ mediaType: 'image/jpeg', bytes: Buffer.alloc(1), width, height })
const sized = (...sizes: number[]) => sizes.map((sentBytes, index) => ({ at: index + 1, sentBytes, read: picture(10, 10) }))

// files | codes with their fields | the sentence
const FILES: [Parameters<typeof faultsOfFiles>[0], string[], string][] = [
  [sized(700_000), [], 'one file of the largest size'],
  [sized(700_001), ['correspondence.file-too-large attachments.0'], 'one byte more'],
  [sized(360_000, 360_000), [], 'two that are together as large as may be'],
  [sized(360_000, 360_001), ['correspondence.files-too-large attachments'], 'one byte more together'],
  [[{ at: 1, sentBytes: 1, read: picture(5_000, 5_000) }], [], 'a picture of the most pixels'],
  [[{ at: 1, sentBytes: 1, read: picture(5_000, 5_001) }], ['correspondence.picture-too-large attachments.0'], 'a picture that is a bomb'],
  [[{ at: 1, sentBytes: 1, read: 'file-broken' }, { at: 2, sentBytes: 1, read: 'file-acts' }], ['correspondence.file-broken attachments.0', 'correspondence.file-acts attachments.1'], 'every file that is not taken is named'],
] // prettier-ignore
for (const [files, found, why] of FILES)
  test(`Attaching: ${why}`, () =>
    assert.deepEqual(
      faultsOfFiles(files, LIMITS).map(({ code, field }) => `${code} ${field}`),
      found,
    ))

const mark = (account: string, seq: number, time: string): ReadMark => ({
  account: account as AccountId,
  seq,
  readerOrg: '1' as OrgId,
  readerName: { zh: account },
  at: at(time),
})
const MARKS = [mark('甲', 1, '08:01:00'), mark('甲', 3, '08:09:00'), mark('乙', 3, '08:05:00')]

// message, author | readers | the sentence
const READERS: [number, string, string[], string][] = [
  [1, '丙', ['甲 08:01', '乙 08:05'], 'who reads on has read what stands before, at the time when it was first read'],
  [2, '丙', ['乙 08:05', '甲 08:09'], 'in the order of reading'],
  [4, '丙', [], 'nobody has read the newest one yet'],
  [3, '甲', ['乙 08:05'], 'an author is no reader'],
]
for (const [seq, author, readers, why] of READERS)
  test(`Reading: ${why}`, () =>
    assert.deepEqual(
      readersOf(seq, author as AccountId, MARKS).map((one) => `${one.readerName.zh} ${one.at.slice(11, 16)}`),
      readers,
    ))
