import { newId, type OrgId } from '../kernel/id.ts'
import { SYSTEM } from './access.ts'
import { asSystem } from './database/as-system.ts'
import { isPassing, isRepeatable, sql, type Tx } from './database/pool.ts'
import { isCarried, Refused } from './forms/form.ts'
import { beginAct, carryOut, record } from './forms/run.ts'
import type { House } from './house.ts'

type Due = { org_id: OrgId; id: string; command: string; input: unknown }
const BATCH = 100
/** A deadline whose command fails by a bug is tried again later, further apart each time, and never blocks the others. */
const RETRY_MINUTES = 2
const RACES_MOST = 4

/**
 * Runs every deadline that is due by the one clock, each exactly once: the command's effect and the mark that it fired
 * commit together. A command that refuses because the case has moved on ends the deadline as lapsed.
 * Answers how many fired and lapsed; safe in several processes at once.
 */
export const fireDueDeadlines = async (house: House): Promise<{ fired: number; lapsed: number }> => {
  const count = { fired: 0, lapsed: 0 }
  for (;;) {
    const due = await asSystem(house.database).rows<{ org_id: OrgId; id: string }>(sql`
      select org_id, id from platform.deadline where ended_at is null and due_at <= platform.jieli_now()
        and due_at + least(tries, 30) * ${RETRY_MINUTES} * interval '1 minute' <= platform.jieli_now()
      order by due_at limit ${BATCH}`)
    let progress = 0
    for (const key of due) {
      const outcome = await fireOne(house, key)
      if (outcome === 'fired' || outcome === 'lapsed') {
        count[outcome] += 1
        progress += 1
      }
    }
    if (due.length < BATCH || progress === 0) break
  }
  if (count.fired > 0) house.told()
  return count
}

const fireOne = async (house: House, key: { org_id: OrgId; id: string }, races = 0): Promise<'fired' | 'lapsed' | 'taken' | 'failed'> => {
  try {
    return await asSystem(house.database).transaction((tx) => fire(house, tx, key))
  } catch (error) {
    if (error instanceof Refused || error instanceof Lapsed) return end(house, key, 'lapsed')
    // A lost race is repeated at once; a lost connection in the next round: neither is the command's fault, so neither counts.
    if (isRepeatable(error) && races < RACES_MOST) return fireOne(house, key, races + 1)
    if (isPassing(error)) {
      house.log('warn', 'deadline.put-off', { deadline: key.id, error: (error as Error).message })
      return 'failed'
    }
    house.log('error', 'deadline.failed', { deadline: key.id, error: (error as Error).message })
    await asSystem(house.database).run(sql`update platform.deadline set tries = tries + 1 where org_id = ${key.org_id} and id = ${key.id}`)
    return 'failed'
  }
}

class Lapsed extends Error {}

const fire = async (house: House, tx: Tx, key: { org_id: OrgId; id: string }): Promise<'fired' | 'taken'> => {
  const due = await tx.row<Due>(sql`select org_id, id, command, input from platform.deadline
    where org_id = ${key.org_id} and id = ${key.id} and ended_at is null for update skip locked`)
  if (!due) return 'taken'
  const form = house.forms.get(due.command)
  if (form?.kind !== 'command' || isCarried(form)) throw new Error(`the deadline names no command of the house: ${due.command}`)
  const act = await beginAct(house, tx, { actor: SYSTEM, request: `deadline ${due.id}` })
  const carried = await carryOut(tx, form, due.input, act)
  if (!carried.ok) throw new Lapsed(carried.refusals[0]?.code)
  await record(tx, act, carried.value, { form: form.name, kind: 'command', firing: due.id })
  await tx.run(sql`update platform.deadline set ended_at = ${act.now}, outcome = 'fired' where org_id = ${due.org_id} and id = ${due.id}`)
  return 'fired'
}

const end = async (house: House, key: { org_id: OrgId; id: string }, outcome: 'lapsed'): Promise<'lapsed' | 'taken'> => {
  const ended = await asSystem(house.database).run(sql`update platform.deadline set ended_at = platform.jieli_now(), outcome = ${outcome}
    where org_id = ${key.org_id} and id = ${key.id} and ended_at is null`)
  return ended === 1 ? outcome : 'taken'
}

/** Runs one command as the system inside its own act; used by reactions. Answers its refusal code, or null when done. */
export const runAsSystem = async (house: House, name: string, input: unknown, before: (tx: Tx) => Promise<boolean>): Promise<string | null> => {
  const form = house.forms.get(name)
  if (form?.kind !== 'command' || isCarried(form)) throw new Error(`no such command of the house: ${name}`)
  try {
    return await asSystem(house.database).transaction(async (tx) => {
      if (!(await before(tx))) return 'platform.taken-already'
      const act = await beginAct(house, tx, { actor: SYSTEM, request: newId() })
      const carried = await carryOut(tx, form, input, act)
      if (!carried.ok) throw new Refused(carried.refusals[0]?.code ?? 'platform.bug')
      await record(tx, act, carried.value, { form: form.name, kind: 'command' })
      return null
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0]?.code ?? 'platform.bug'
    throw error
  }
}
