import { createHash } from 'node:crypto'
import { dayOf } from '../../../kernel/day.ts'
import { databaseNow, type Tx } from '../../../platform/database/pool.ts'
import * as store from './catalogue-store.ts'
import type { ConditionRow } from './condition-row.ts'
import type { BadLine } from './icd-file.ts'
import { effectiveRow, putInForce, type Loaded } from './load-catalogue.ts'

type Patch = store.ConditionPatch & { readonly line: number }
export type ConditionsImported = Loaded & { readonly isSame: boolean; readonly bad: readonly BadLine[] }

const NONE: Loaded = { rows: 0, added: 0, changed: 0, retired: 0 }

/**
 * Puts the region's own rows over the shipped catalogue; the file is the whole of them, so that a row left out goes back to
 * what is shipped. All or nothing: `bad` tells every row that does not stand with the rest, and then nothing was written.
 */
export const importConditions = async (
  tx: Tx,
  patches: readonly Patch[],
  of: { by: string; zone: string },
): Promise<ConditionsImported> => {
  await store.lockCatalogue(tx)
  const texts = patches.map(({ line: _line, ...body }) => body)
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
  if ((await store.lastEdition(tx, 'region'))?.hash === hash) return { ...NONE, rows: texts.length, isSame: true, bad: [] }
  const bad = await faultsOf(tx, patches)
  if (bad.length > 0) return { ...NONE, isSame: false, bad }
  const edition = dayOf(await databaseNow(tx), of.zone)
  return { ...(await putInForce(tx, { origin: 'region', edition, hash, by: of.by, texts })), isSame: false, bad: [] }
}

const faultsOf = async (tx: Tx, patches: readonly Patch[]): Promise<BadLine[]> => {
  const shipped = new Map(
    (await store.allTexts(tx)).flatMap(({ origin, key, body }) => (origin === 'shipped' ? [[key, body] as const] : [])),
  )
  const owners = new Map([...shipped.values()].map(({ key, zh }) => [zh ?? '', key]))
  const codes = patches.flatMap(({ specialty, also }) => [specialty ?? [], also ?? []].flat())
  const unknown = new Set((await store.unknownSpecialties(tx, codes)).map(({ code }) => code))
  return patches.flatMap((patch): BadLine[] => {
    const { line, ...body } = patch
    const missing = [body.specialty ?? [], body.also ?? []].flat().filter((code) => unknown.has(code))
    if (missing.length > 0)
      return [{ line, zh: `没有诊疗科目 ${missing.join('、')}`, en: `there is no specialty ${missing.join(', ')}` }]
    const whole = effectiveRow([shipped.get(body.key), body])
    if ('lacks' in whole)
      return [
        {
          line,
          zh: `“${body.key}”不在已发布目录中,新病种应填全:缺 ${whole.lacks.join('、')}`,
          en: `“${body.key}” is not shipped, so it must be whole: ${whole.lacks.join(', ')} missing`,
        },
      ]
    return faultsOfWhole(whole.row, owners).map((words) => ({ line, ...words }))
  })
}

const faultsOfWhole = ({ key, zh, urgency, lowestTier }: ConditionRow, owners: ReadonlyMap<string, string>) => {
  const owner = owners.get(zh)
  return [
    ...(owner !== undefined && owner !== key
      ? [{ zh: `名称“${zh}”已属于 ${owner}`, en: `the name “${zh}” belongs to ${owner}` }]
      : []),
    ...(urgency === 'emergency' && (lowestTier === 'village' || lowestTier === 'township')
      ? [{ zh: '急诊病种的最低层级不能低于县级', en: 'an emergency may not have a lowest tier below the county' }]
      : []),
  ]
}
