import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'
import { MEDIA_TYPES, type AuthorSide, type MediaType } from './correspondence.ts'

const ATTACHMENTS_MOST = 5
const TEXT_MOST = 2_000
/** Characters of base64 that a file of one megabyte takes; the rulebook's limit on bytes is lower and decides. */
const BASE64_MOST = 1_398_104
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

const attachments = z
  .array(
    z.strictObject({
      /** The name of the file as its author knows it; paths are cut off. */
      name: z.string().trim().min(1).max(120),
      mediaType: z.enum(MEDIA_TYPES, '只接受 JPEG、PNG 图片和 PDF 文件|Only JPEG and PNG pictures and PDF files are taken'),
      base64: z.string().max(BASE64_MOST).regex(BASE64, '应为 base64 编码|Base64 is expected'),
    }),
  )
  .max(ATTACHMENTS_MOST)

const text = z.string().trim().max(TEXT_MOST)

/** What a message is made of. */
export const saidInput = { text: text.default(''), attachments: attachments.default([]) }
export const writeInput = z.strictObject({ referral: z.uuid(), ...saidInput })
export const readUntilInput = z.strictObject({ referral: z.uuid(), message: z.uuid() })
export const withdrawInput = z.strictObject({ referral: z.uuid(), message: z.uuid() })
export const threadInput = z.strictObject({ referral: z.uuid() })
export const attachmentInput = z.strictObject({ referral: z.uuid(), attachment: z.uuid() })
export const unreadInput = z.strictObject({})

export const correspondenceRefusals = {
  'correspondence.nothing-written': {
    kind: 'invalid',
    zh: '留言没有文字也没有附件。请写一句话或添加附件后发送。',
    en: 'The message has neither words nor files. Write something or attach a file and send it.',
    basis: null,
  },
  'correspondence.not-sent-yet': {
    kind: 'conflict',
    zh: '转诊单还没有提交,对方看不到留言。请先提交。',
    en: 'The referral was not sent yet, so nobody would read this. Send it first.',
    basis: null,
  },
  'correspondence.closed': {
    kind: 'conflict',
    zh: '转诊已结束超过 {days} 天,留言只能查阅。如需联系请致电对方机构或新开转诊单。',
    en: 'The case ended more than {days} day(s) ago; its messages can only be read. Call the other side or open a new referral.',
    basis: '结案后一段时间转为只读 (设计值)',
  },
  'correspondence.person-erased': {
    kind: 'gone',
    zh: '该居民的身份信息已依法删除,留言无法再加密保存,因此不能发送。',
    en: 'The person’s identity was erased by law, so nothing new can be sealed for the person and nothing was sent.',
    basis: '个人信息保护法 第四十七条',
  },
  'correspondence.not-own': {
    kind: 'conflict',
    zh: '只能由留言的作者本人撤回。请联系作者,或另写一条更正。',
    en: 'Only its author may withdraw a message. Ask the author, or write a correction.',
    basis: null,
  },
  'correspondence.withdraw-too-late': {
    kind: 'conflict',
    zh: '留言发出已超过 {minutes} 分钟,不能撤回。请另写一条更正。',
    en: 'The message is older than {minutes} minutes and stays. Write a correction.',
    basis: '留言即病案过程记录,不可修改 (设计值)',
  },
  'correspondence.withdrawn-already': {
    kind: 'conflict',
    zh: '这条留言已经撤回。',
    en: 'This message is withdrawn already.',
    basis: null,
  },
  'correspondence.file-unknown': {
    kind: 'invalid',
    zh: '第 {at} 个附件不是 JPEG、PNG 图片或 PDF 文件(SVG、网页、办公文档和脚本不接受)。请另存为其中一种后重发。',
    en: 'File {at} is no JPEG, PNG or PDF (SVG, web pages, office files and scripts are not taken). Save it as one of these and send it again.',
    basis: null,
  },
  'correspondence.file-misnamed': {
    kind: 'invalid',
    zh: '第 {at} 个附件的内容与所报的类型不一致。请重新选择原文件后重发。',
    en: 'File {at} is not what it says it is. Choose the original file and send it again.',
    basis: null,
  },
  'correspondence.file-broken': {
    kind: 'invalid',
    zh: '第 {at} 个附件不完整或已损坏。请重新拍照或重新导出后重发。',
    en: 'File {at} is incomplete or damaged. Take the picture again or export the file anew, and send it again.',
    basis: null,
  },
  'correspondence.file-has-more': {
    kind: 'invalid',
    zh: '第 {at} 个附件里还藏着别的内容(动态照片、压缩包等)。请另存为普通图片或 PDF 后重发。',
    en: 'File {at} carries something else inside (a motion photo, an archive). Save it as a plain picture or PDF and send it again.',
    basis: null,
  },
  'correspondence.file-acts': {
    kind: 'invalid',
    zh: '第 {at} 个附件是带脚本、内嵌文件或密码的 PDF,不能安全打开。请用“打印为 PDF”另存后重发。',
    en: 'File {at} is a PDF with scripts, embedded files or a password and cannot be opened safely. Print it to a new PDF and send that.',
    basis: null,
  },
  'correspondence.file-too-large': {
    kind: 'too-large',
    zh: '第 {at} 个附件超过 {kilobytes} kB。请缩小后重发。',
    en: 'File {at} is larger than {kilobytes} kB. Make it smaller and send it again.',
    basis: null,
  },
  'correspondence.files-too-large': {
    kind: 'too-large',
    zh: '附件合计超过 {kilobytes} kB。请分成几条留言发送。',
    en: 'The files together are larger than {kilobytes} kB. Send them in several messages.',
    basis: null,
  },
  'correspondence.picture-too-large': {
    kind: 'invalid',
    zh: '第 {at} 张图片超过 {megapixels} 百万像素。请缩小后重发。',
    en: 'Picture {at} has more than {megapixels} megapixels. Make it smaller and send it again.',
    basis: null,
  },
} as const satisfies RefusalTable

export type CorrespondenceCode = keyof typeof correspondenceRefusals

type Shown = { zh: string; en: string | null }

/** A file of a message as the parties see it; its content is asked for by itself. */
export type ShownAttachment = {
  id: string
  name: string
  mediaType: MediaType
  bytes: number
  width: number | null
  height: number | null
}

/** One message as the parties see it. */
export type ShownMessage = {
  id: string
  at: string
  author: { name: Shown; role: string; side: AuthorSide; institution: { id: string; name: Shown } }
  isMine: boolean
  /** Whether this account has not read it yet; its own messages are never new. */
  isNew: boolean
  /** Null when it was withdrawn, or when the person's identity was erased. */
  text: string | null
  withdrawnAt: string | null
  /** Until when its author may withdraw it; null for everybody else and when it is too late. */
  mayWithdrawUntil: string | null
  attachments: ShownAttachment[]
  /** Who of other accounts has read it, and since when. */
  readBy: { name: Shown; institution: Shown; at: string }[]
}

/** The thread of a case. `refused` is the code of why nobody may write any more; null while one may. */
export type ShownThread = {
  messages: ShownMessage[]
  isErased: boolean
  refused: CorrespondenceCode | null
  closesAt: string | null
}
