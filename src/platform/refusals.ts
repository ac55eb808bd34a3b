import type { Detail, Refusal } from '../kernel/result.ts'

/** What a refusal is to HTTP; one table below. */
export type RefusalKind = 'invalid' | 'sign-in' | 'forbidden' | 'absent' | 'conflict' | 'mismatch' | 'gone' | 'too-large' | 'too-many' | 'unavailable' | 'bug'

export const HTTP_STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  'sign-in': 401,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  mismatch: 422,
  'too-many': 429,
  bug: 500,
  unavailable: 503,
}

/** One line of a module's closed list: says what, why and what next, in both languages, with its clause. */
export type RefusalText = { readonly kind: RefusalKind; readonly zh: string; readonly en: string; readonly basis: string | null }
export type RefusalTable = Readonly<Record<string, RefusalText>>

/** What the platform itself refuses. */
export const platformRefusals = {
  'platform.input-invalid': {
    kind: 'invalid',
    zh: '提交的内容有 {count} 处不符合要求,请按各栏提示更正后重新提交。',
    en: 'What was sent does not fit in {count} place(s). Correct the fields named below and send it again.',
    basis: null,
  },
  'platform.body-unreadable': {
    kind: 'invalid',
    zh: '提交的内容不是可读的 JSON({why}),未做任何改动。请更正后重新提交。',
    en: 'The body is not readable JSON ({why}); nothing was changed. Correct it and send it again.',
    basis: null,
  },
  'platform.request-unreadable': {
    kind: 'invalid',
    zh: '请求本身无法读取({why}),未做任何改动。请检查地址、请求头和长度后重新提交。',
    en: 'The request itself cannot be read ({why}); nothing was changed. Check address, headers and length and send it again.',
    basis: null,
  },
  'platform.body-too-large': {
    kind: 'too-large',
    zh: '提交的内容超过 1 MB 上限。请分次提交或缩小附件。',
    en: 'The body is larger than the 1 MB limit. Send it in parts or make attachments smaller.',
    basis: null,
  },
  'platform.content-type-unknown': {
    kind: 'invalid',
    zh: '只接受 application/json。请设置 Content-Type 后重新提交。',
    en: 'Only application/json is accepted. Set the Content-Type and send it again.',
    basis: null,
  },
  'platform.no-such-route': {
    kind: 'absent',
    zh: '没有这个接口。全部接口见 /api/docs。',
    en: 'There is no such route. All routes are listed at /api/docs.',
    basis: null,
  },
  'platform.sign-in-first': {
    kind: 'sign-in',
    zh: '尚未登录或登录已失效。请登录后重试,已填内容不会丢失。',
    en: 'You are not signed in, or the session has ended. Sign in and try again; what you typed is kept.',
    basis: null,
  },
  'platform.role-may-not': {
    kind: 'forbidden',
    zh: '您的岗位不能进行此操作。如需办理,请联系本机构有权限的同事或管理员。',
    en: 'Your role may not do this. Ask a colleague who may, or your administrator.',
    basis: null,
  },
  'platform.not-found': {
    kind: 'absent',
    zh: '没有找到,或您无权查看。请核对编号;如应有权限,请联系经办机构。',
    en: 'Not found, or not yours to see. Check the number; if you should have access, ask the institution in charge.',
    basis: null,
  },
  'platform.key-used-otherwise': {
    kind: 'mismatch',
    zh: '这个幂等键(Idempotency-Key)已用于另一内容,本次未做任何改动。请换一个新键重新提交。',
    en: 'This Idempotency-Key was used with another body; nothing was changed. Send it again with a new key.',
    basis: null,
  },
  'platform.key-invalid': {
    kind: 'invalid',
    zh: '幂等键(Idempotency-Key)应为 1 至 200 个可见 ASCII 字符。请更正后重新提交。',
    en: 'The Idempotency-Key must be 1 to 200 visible ASCII characters. Correct it and send it again.',
    basis: null,
  },
  'platform.held-by-earlier': {
    kind: 'conflict',
    zh: '同一居民更早的一条没有办成,这一条还没有处理。请先处理更早的那一条,这一条会自动再传。',
    en: 'An earlier one about the same person was not done, so this one was not tried. Settle the earlier one; this one is then sent again by itself.',
    basis: null,
  },
  'platform.outcome-unknown': {
    kind: 'unavailable',
    zh: '数据库连接中断,本次是否已保存尚不确定。请用同一幂等键重试:不会重复办理。',
    en: 'The database connection broke; whether this was saved is not known. Try again with the same key: nothing is done twice.',
    basis: null,
  },
  'platform.busy': {
    kind: 'unavailable',
    zh: '系统繁忙或数据库暂时不可用,本次未保存。请稍后用同一幂等键重试。',
    en: 'The system is busy or the database is away for a moment; nothing was saved. Try again shortly with the same key.',
    basis: null,
  },
  'platform.rule-missing': {
    kind: 'conflict',
    zh: '政策库中“{rule}”在当日没有唯一有效的取值,因此没有办理。请联系管理员补充政策参数。',
    en: 'The rulebook has no single value of “{rule}” for that day, so nothing was done. Ask the administrator to enter it.',
    basis: null,
  },
  'platform.rule-conflict': {
    kind: 'conflict',
    zh: '政策库中“{rule}”在当日有不止一个同样适用的取值({sources}),不任选其一,因此没有办理。请管理员核定后停用其一,或给较特殊的一个多写一个条件。',
    en: 'The rulebook has more than one value of “{rule}” for that day ({sources_en}); none is picked and nothing was done. Ask the administrator to decide and end one of them, or to give the more special one a condition more.',
    basis: null,
  },
  'platform.move-not-possible': {
    kind: 'conflict',
    zh: '当前状态为“{state}”,不能“{move}”。请刷新后按最新状态办理。',
    en: 'The case is now “{state_en}”; “{move_en}” is not possible. Refresh and act on the current state.',
    basis: null,
  },
  'platform.too-many': {
    kind: 'too-many',
    zh: '请求过于频繁,本次未办理。请约 {seconds} 秒后再试;已填内容不会丢失。',
    en: 'Too many requests; this one was not carried out. Try again in about {seconds} second(s); what you typed is kept.',
    basis: null,
  },
  'platform.other-site': {
    kind: 'forbidden',
    zh: '这个请求来自其他网站的页面,没有办理。请在本系统的页面内操作。',
    en: 'This request came from a page of another site and was not carried out. Work on the pages of this system.',
    basis: null,
  },
  'platform.bug': {
    kind: 'bug',
    zh: '系统内部出错,本次未保存。请稍后重试;如再次出现,请把请求编号告诉管理员。',
    en: 'Something went wrong inside the system; nothing was saved. Try again; if it happens again, give the administrator the request number.',
    basis: null,
  },
} as const satisfies RefusalTable

/** One refusal as it is shown: with its sentences filled in. */
export type ShownRefusal = { code: string; zh: string; en: string; basis: string | null; field?: string }

/** The body of every answer that is not a success. */
export type ErrorBody = {
  error: ShownRefusal & { reasons: ShownRefusal[]; fields: { path: string; zh: string; en: string }[]; request: string }
}

const fill = (sentence: string, detail: Detail = {}): string => sentence.replace(/\{(\w+)\}/g, (whole, key: string) => String(detail[key] ?? whole))

/** All refusals of the house by code; a code that stands in two tables is a bug found at start. */
export const refusalTexts = (tables: readonly RefusalTable[]): ReadonlyMap<string, RefusalText> => {
  const all = new Map<string, RefusalText>()
  for (const table of [platformRefusals, ...tables]) {
    for (const [code, text] of Object.entries(table)) {
      if (all.has(code)) throw new Error(`The refusal ${code} stands in two tables`)
      all.set(code, text)
    }
  }
  return all
}

/** The sentences of one refusal. */
export const show = (texts: ReadonlyMap<string, RefusalText>, refusal: Refusal): ShownRefusal => {
  const text = texts.get(refusal.code)
  if (!text) throw new Error(`The refusal ${refusal.code} stands in no table`)
  const shown = { code: refusal.code, zh: fill(text.zh, refusal.detail), en: fill(text.en, refusal.detail), basis: text.basis }
  return refusal.field ? { ...shown, field: refusal.field } : shown
}
