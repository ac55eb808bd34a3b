import type { Bilingual, ErrorBody } from './api-types.ts'

/**
 * A call that did not succeed. `status` is the HTTP status, 0 when no answer came.
 * A refusal (4xx) is the server's decision and says why; anything else may succeed when tried again.
 */
export class ApiError extends Error {
  readonly status: number
  readonly body: ErrorBody
  constructor(status: number, body: ErrorBody) {
    super(body.code)
    this.name = 'ApiError'
    this.status = status
    this.body = body
  }
}

const plainBody = (code: string, words: Bilingual): ErrorBody => ({
  code,
  ...words,
  basis: null,
  reasons: [],
  fields: [],
  request: null,
})

/** No answer came: no network, a time-out, or the server is down. */
export const noAnswer = (): ApiError =>
  new ApiError(
    0,
    plainBody('web.no-answer', {
      zh: '没有连上服务器，可能是网络中断。您填写的内容还在，请检查网络后重试。',
      en: 'The server did not answer; the network may be down. What you typed is kept. Check the network and try again.',
    }),
  )

/** An answer came that is not in the protocol, for instance from a proxy in between. */
export const strangeAnswer = (status: number): ApiError =>
  new ApiError(
    status,
    plainBody('web.strange-answer', {
      zh: `服务器暂时无法处理（状态 ${status}）。您填写的内容还在，请稍后重试；仍不行请联系管理员。`,
      en: `The server cannot do this now (status ${status}). What you typed is kept. Try again soon; if it persists, tell the administrator.`,
    }),
  )

const isErrorBody = (value: unknown): value is { error: Partial<ErrorBody> & { code: string; zh: string; en: string } } => {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false
  const error: unknown = value.error
  return typeof error === 'object' && error !== null && 'code' in error && 'zh' in error && 'en' in error
}

/** The error inside a failed answer: the server's own words, or a plain sentence when the body is not in the protocol. */
export const errorFrom = (status: number, payload: unknown): ApiError => {
  if (!isErrorBody(payload)) return strangeAnswer(status)
  const { code, zh, en, basis, reasons, fields, request } = payload.error
  return new ApiError(status, {
    code,
    zh,
    en,
    basis: basis ?? null,
    reasons: reasons ?? [],
    fields: fields ?? [],
    request: request ?? null,
  })
}

/** Any thrown thing as an error that can be shown: a bug in the page gets a sentence too. */
export const showable = (thrown: unknown): ApiError =>
  thrown instanceof ApiError
    ? thrown
    : new ApiError(
        0,
        plainBody('web.page-fault', {
          zh: '页面出了问题，不是您的操作有误。请刷新页面；仍不行请联系管理员。',
          en: 'The page itself failed; you did nothing wrong. Reload it; if it persists, tell the administrator.',
        }),
      )

/**
 * Whether sending the same again may succeed: no answer, too early, too many, a time-out or the server's own failure.
 * A refusal may not: the person has to change something first.
 */
export const mayTryAgain = (status: number): boolean =>
  status === 0 || status === 408 || status === 425 || status === 429 || status >= 500
