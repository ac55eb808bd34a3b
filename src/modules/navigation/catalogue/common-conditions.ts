import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KNOWLEDGE } from './read-catalogue.ts'

let known: ReadonlyMap<string, number> | null = null

/**
 * The conditions that primary care meets most, each with its place in `knowledge/common-conditions.yaml`, 0 the most common. Editorial.
 * @throws Error when the file cannot be used
 */
export const commonConditions = (): ReadonlyMap<string, number> => {
  known ??= new Map(
    z
      .array(z.string().min(1))
      .parse(parse(readFileSync(join(KNOWLEDGE, 'common-conditions.yaml'), 'utf8')))
      .map((key, at) => [key, at] as const),
  )
  return known
}
