import type { z } from 'zod'
import type { Day } from '../kernel/day.ts'
import type { OrgId } from '../kernel/id.ts'
import { ok, refuse } from '../kernel/result.ts'
import { placeEnd, type Asked, type Version } from '../shapes/register.ts'
import { partyOf, type Relation } from './access.ts'
import type { Tx } from './database/pool.ts'
import { command, query, type Act } from './forms/form.ts'
import { inputsOf, type Inputs, type Listed, type RegisterDeclaration, type RegisterForms } from './register-declaration.ts'
import {
  decideCorrection,
  decideProposal,
  decideVerdict,
  type Change,
  type Context,
  type Correction,
  type Facts,
  type Proposal,
} from './register-decisions.ts'
import { fieldsOf } from './register-fields.ts'
import { csvOfEntries } from './register-import.ts'
import { importOf } from './register-import-form.ts'
import { ownerOf, REGION, relationsToOwner, saveSteps } from './register-owner.ts'
import { judgeOf, NO_FAULT } from './register-rule.ts'
import { registerRefusals, type RegisterRefusals } from './register-refusals.ts'
import { entriesOn, lockVersions, saveEnds, saveVerdict, versionsOf, type Of } from './register-store.ts'

export { REGION } from './register-owner.ts'

/**
 * Gives a kind of entry its forms and refusals: propose, approve (with four eyes), correct from a day, retire, import, the
 * list as of a day, history and export.
 */
export const register = <Module extends string, Kind extends string, Schema extends z.ZodObject>(
  declared: RegisterDeclaration<Module, Kind, Schema>,
): { readonly forms: RegisterForms<Module, Kind, Schema>; readonly refusals: RegisterRefusals<`${Module}.${Kind}`> } => {
  const { module, kind, words, basis } = declared
  const name = `${module}.${kind}` as const
  const forms = { ...writesOf(declared, name), ...readsOf(declared, name) }
  return {
    forms: forms as unknown as RegisterForms<Module, Kind, Schema>,
    refusals: { ...registerRefusals(name, words, basis), ...declared.rule?.refusals },
  }
}

const writesOf = <Schema extends z.ZodObject>(declared: RegisterDeclaration<string, string, Schema>, name: string) => {
  type Body = z.output<Schema>
  const { module, kind, words, by, basis, fourEyes, schema } = declared
  const inputs = inputsOf(schema)
  const context: Context<Body> = { name, fourEyes, keyOf: declared.keyOf }
  const ofActor = (act: Act): Of => ({ org: ownerOf(act.actor), kind: name })
  const facts: ReadFacts<Body> = async (tx, act, key, askedOf) => {
    const versions = await lockVersions<Body>(tx, ofActor(act), key)
    const asked = askedOf(versions)
    return { of: ofActor(act), versions, judge: asked ? await judgeOf(declared as never, tx, [asked], act) : NO_FAULT }
  }
  const relation = ({ of }: { of: Of }, act: Act) => relationsToOwner(act.actor, of.org)
  const write = (tx: Tx, { of, steps }: Change, act: Act) =>
    saveSteps(tx, of, steps, { at: act.now, by: act.actor.account }, name)
  const propose = command({
    name: `${module}.propose-${kind}`,
    by,
    basis,
    relation,
    write,
    input: inputs.propose,
    does: { zh: `新建${words.zh}。`, en: `Proposes a new ${words.en}.` },
    read: (tx, input, act) => {
      const { from, until, body } = input as Proposal<Body>
      const entry = declared.keyOf(body)
      return facts(tx, act, entry, () => ({ from: from as Day, until: until as Day | null, entry, body }))
    },
    decide: (found, input) => decideProposal(context, found, input as Proposal<Body>),
  })
  const correct = command({
    name: `${module}.correct-${kind}`,
    by,
    basis,
    relation,
    write,
    input: inputs.correct,
    does: { zh: `自某日起更正${words.zh},原版本保留。`, en: `Corrects a ${words.en} from a day; the earlier version is kept.` },
    // Until when it will stand is known once the entry is locked; its facts are read for all that may come.
    read: (tx, input, act) => {
      const { from, entry, body } = input as Correction<Body>
      return facts(tx, act, entry, () => ({ from: from as Day, until: null, entry, body }))
    },
    decide: (found, input) => decideCorrection(context, found, input as Correction<Body>),
  })
  return {
    [propose.name]: propose,
    [correct.name]: correct,
    [`${module}.approve-${kind}`]: approveOf(declared, inputs.approve, context, facts),
    [`${module}.retire-${kind}`]: retireOf(declared, inputs.retire, name, facts),
    [`${module}.import-${kind}`]: importOf(declared, inputs.import, name),
  }
}

/** What the forms of every kind need of its declaration. */
type Told = Pick<RegisterDeclaration<string, string, z.ZodObject>, 'module' | 'kind' | 'words' | 'by' | 'basis'>
type ReadFacts<Body> = (
  tx: Tx,
  act: Act,
  key: string,
  askedOf: (versions: readonly Version<Body>[]) => Asked<Body> | null,
) => Promise<Facts<Body>>

const approveOf = <Body>(
  { module, kind, words, by, basis }: Told,
  input: Inputs<z.ZodObject>['approve'],
  context: Context<Body>,
  facts: ReadFacts<Body>,
) =>
  command({
    name: `${module}.approve-${kind}`,
    by,
    basis,
    does: { zh: `审批他人提出的${words.zh}:同意或退回。`, en: `Approves or rejects a ${words.en} that somebody else proposed.` },
    input,
    read: (tx, asked, act) =>
      facts(
        tx,
        act,
        asked.entry,
        (versions) => versions.find((one) => one.version === asked.version && one.state === 'proposed') ?? null,
      ),
    relation: ({ of }, act) => relationsToOwner(act.actor, of.org),
    decide: (found, asked, act) => decideVerdict(context, found, asked, act),
    write: async (tx, { of, ends, decided }, act) => {
      const stamp = { at: act.now, by: act.actor.account }
      await saveEnds(tx, of, decided.entry, ends, stamp, null)
      await saveVerdict(tx, of, decided, stamp)
    },
  })

const retireOf = <Body>(
  { module, kind, words, by, basis }: Told,
  input: Inputs<z.ZodObject>['retire'],
  name: string,
  facts: ReadFacts<Body>,
) =>
  command({
    name: `${module}.retire-${kind}`,
    by,
    basis,
    does: { zh: `自某日起停用${words.zh}。`, en: `Retires a ${words.en} from a day.` },
    input,
    read: (tx, asked, act) => facts(tx, act, asked.entry, () => null),
    relation: ({ of }, act) => relationsToOwner(act.actor, of.org),
    decide: ({ of, versions }, asked) => {
      const ends = placeEnd(versions, asked.on as Day)
      if (ends.length === 0) return refuse(`${name}-not-in-force`, { day: asked.on })
      return ok({ change: { of, ends, asked }, answer: { entry: asked.entry, until: asked.on } })
    },
    write: (tx, { of, ends, asked }, act) =>
      saveEnds(tx, of, asked.entry, ends, { at: act.now, by: act.actor.account }, asked.reason),
  })

const readsOf = <Schema extends z.ZodObject>(declared: RegisterDeclaration<string, string, Schema>, name: string) => {
  type Body = z.output<Schema>
  const { module, kind, words, labels, readBy: by, basis, schema, fourEyes } = declared
  const inputs = inputsOf(schema)
  const fields = fieldsOf(schema, labels)
  const ownersOf = (asked: { org?: string | undefined }, act: Act): OrgId[] | 'all' => {
    if (asked.org === 'all') return 'all'
    return asked.org ? [asked.org as OrgId] : [...new Set([REGION, ownerOf(act.actor), act.actor.org ?? REGION])]
  }
  const relation = ({ orgs }: { orgs: readonly OrgId[] | 'all' }, act: Act): Relation[] =>
    orgs !== 'all' && orgs.some((one) => one === act.actor.org) ? ['own'] : []
  const read = async (tx: Tx, asked: { day?: string | undefined; org?: string | undefined }, act: Act) => {
    const on = (asked.day as Day | undefined) ?? act.today
    const orgs = ownersOf(asked, act)
    return { orgs, on, entries: await entriesOn<Body>(tx, orgs, name, on) }
  }
  const list = query({
    name: `${module}.${kind}-list`,
    by,
    basis,
    relation,
    read,
    input: inputs.list,
    does: { zh: `某日有效的${words.zh},以及待审的。`, en: `Every ${words.en} in force on a day, and what waits for approval.` },
    answer: ({ on, entries }, _asked, { actor }): Listed<Schema> => {
      const writesFor = ownerOf(actor)
      const mayWrite = partyOf(declared.by, actor, relationsToOwner(actor, writesFor)) !== null
      return { words, labels, fields, fourEyes, basis, mayWrite, writesFor, day: on, entries }
    },
  })
  const history = query({
    name: `${module}.${kind}-history`,
    by,
    basis,
    relation,
    input: inputs.history,
    does: { zh: `一份${words.zh}的全部版本。`, en: `All versions of one ${words.en}.` },
    read: async (tx, asked, act) => {
      const owners = ownersOf(asked, act)
      if (owners === 'all') return null
      for (const owner of owners) {
        const versions = await versionsOf<Body>(tx, { org: owner, kind: name }, asked.entry)
        if (versions.length > 0) return { orgs: [owner], versions }
      }
      return null
    },
    answer: ({ versions }) => ({ versions }),
  })
  const exported = query({
    name: `${module}.${kind}-export`,
    by,
    basis,
    relation,
    read,
    input: inputs.export,
    does: {
      zh: `导出某日有效的${words.zh}(JSON 行或 CSV)。`,
      en: `Exports every ${words.en} in force on a day, as JSON rows or CSV.`,
    },
    answer: ({ entries }, asked) => {
      const rows = entries.filter((one) => one.state === 'in-force')
      if (asked.format === 'csv') return { count: rows.length, csv: csvOfEntries(rows, schema) }
      return { count: rows.length, rows: rows.map(({ from, until, body }) => ({ from, until, body })) }
    },
  })
  return { [list.name]: list, [history.name]: history, [exported.name]: exported }
}
