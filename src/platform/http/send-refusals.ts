import type { FastifyReply } from 'fastify'
import type { Refusal } from '../../kernel/result.ts'
import type { House } from '../house.ts'
import { HTTP_STATUS, show, type ErrorBody } from '../refusals.ts'
import type { FieldFault } from './input.ts'

/** The refusals of an answer as one body: the first leads, all reasons follow. */
export const errorBody = (
  house: House,
  refusals: readonly Refusal[],
  request: string,
  fields: FieldFault[] = [],
): { status: number; body: ErrorBody } => {
  const reasons = refusals.map((refusal) => show(house.texts, refusal))
  const [first] = reasons as [ErrorBody['error']]
  const status = HTTP_STATUS[house.texts.get(first.code)?.kind ?? 'bug']
  const fieldsOfReasons = reasons.flatMap(({ field, zh, en }) => (field ? [{ path: field, zh, en }] : []))
  return { status, body: { error: { ...first, reasons, fields: [...fields, ...fieldsOfReasons], request } } }
}

/** Sends refusals in the one shape that every client knows. */
export const sendRefusals = (
  house: House,
  reply: FastifyReply,
  refusals: readonly Refusal[],
  fields: FieldFault[] = [],
): FastifyReply => {
  const { status, body } = errorBody(house, refusals, reply.request.id, fields)
  const { seconds, minutes } = refusals[0]?.detail ?? {}
  if (status === 429) reply.header('retry-after', String(seconds ?? Number(minutes ?? 1) * 60))
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** Sends what is wrong with an input, field by field. */
export const sendInputFaults = (house: House, reply: FastifyReply, fields: FieldFault[]): FastifyReply =>
  sendRefusals(house, reply, [{ code: 'platform.input-invalid', detail: { count: fields.length } }], fields)
