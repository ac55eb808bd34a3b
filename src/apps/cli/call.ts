import type { Config } from '../../platform/config.ts'
import { parseStrictJson, UnreadableJson } from '../../platform/http/strict-json.ts'
import type { ErrorBody } from '../../platform/refusals.ts'
import { CliRefusal } from './cli-refusal.ts'
import { formNamed } from './forms-list.ts'
import { runningServer } from './running-server.ts'

export type CallOptions = {
  readonly name: string
  readonly as: string
  readonly json: string | undefined
  readonly key: string | undefined
}

/**
 * Runs one command or query on the running server as an account of it, and answers the text that it sends.
 * @throws CliRefusal with every reason when the server refuses, or when nothing could be sent.
 */
export const call = async (config: Config, { name, as, json, key }: CallOptions): Promise<string> => {
  const form = await formNamed(name)
  const input = inputOf(json)
  const { address, token } = runningServer(config.dataFolder)
  const url = new URL(`/api/${name}`, address)
  const headers: Record<string, string> = { authorization: `Local ${token}`, 'x-jieli-as': as }
  if (form.kind === 'query') {
    for (const [field, value] of Object.entries(input))
      for (const one of [value].flat()) url.searchParams.append(field, plainText(field, one))
    return answerOf(await sent(url, { headers }))
  }
  headers['content-type'] = 'application/json'
  if (key !== undefined) headers['idempotency-key'] = key
  return answerOf(await sent(url, { method: 'POST', headers, body: JSON.stringify(input) }))
}

const inputOf = (json: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    const value = parseStrictJson(json ?? '{}')
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    throw new UnreadableJson('not an object')
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error
    throw new CliRefusal({
      zh: `--json 的内容不可用(${error.message})。请给出一个 JSON 对象,如 --json '{"text":"王"}'。`,
      en: `What follows --json cannot be used (${error.message}). Give one JSON object, for instance --json '{"text":"Wang"}'.`,
    })
  }
}

const plainText = (field: string, value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  throw new CliRefusal({
    zh: `查询的字段“${field}”只能是文字、数字、是或否,或它们的列表。`,
    en: `The field “${field}” of a query is a text, a number, a yes or no, or a list of them.`,
  })
}

const sent = async (url: URL, request: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, request)
  } catch (error) {
    const why = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message
    throw new CliRefusal({
      zh: `无法连接接力服务 ${url.origin}(${why})。请确认服务仍在运行后用同一 --key 重试。`,
      en: `The Jieli server at ${url.origin} cannot be reached (${why}). See that it still runs and try again with the same --key.`,
    })
  }
}

const answerOf = async (response: Response): Promise<string> => {
  const text = await response.text()
  if (response.ok) return text
  throw (
    refusalOf(text) ??
    new CliRefusal({
      zh: `服务答复 ${response.status},内容无法识别。`,
      en: `The server answered ${response.status} with something unknown.`,
    })
  )
}

const refusalOf = (text: string): CliRefusal | null => {
  try {
    const { error } = JSON.parse(text) as ErrorBody
    const fields = error.fields.map(({ path, zh, en }) => ({ zh: `${path}:${zh}`, en: `${path}: ${en}` }))
    const lines = [...error.reasons, ...fields]
    const said = (language: 'zh' | 'en'): string => lines.map((line) => line[language]).join('\n')
    return new CliRefusal({ zh: said('zh'), en: `${said('en')}\n[${error.code}] ${error.request}` })
  } catch {
    return null
  }
}
