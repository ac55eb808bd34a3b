import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KNOWLEDGE } from '../catalogue/read-catalogue.ts'
import { EMERGENCY_CHANNELS, type EmergencyChannel } from '../rules/time-critical.ts'

const rows = z.array(z.strictObject({ channel: z.enum(EMERGENCY_CHANNELS), conditions: z.array(z.string().min(1)) }))

let known: ReadonlyMap<string, EmergencyChannel> | null = null

/** Which condition goes by which green channel, as `knowledge/time-critical.yaml` says it. @throws Error when the file cannot be used */
export const timeCriticalConditions = (): ReadonlyMap<string, EmergencyChannel> => {
  known ??= new Map(
    rows
      .parse(parse(readFileSync(join(KNOWLEDGE, 'time-critical.yaml'), 'utf8')))
      .flatMap(({ channel, conditions }) => conditions.map((key) => [key, channel] as const)),
  )
  return known
}

/** The green channel of a condition, or null. */
export const channelOf = (condition: string): EmergencyChannel | null => timeCriticalConditions().get(condition) ?? null
