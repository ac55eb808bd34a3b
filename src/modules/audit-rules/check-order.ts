import { ok } from '../../kernel/result.ts'
import { command } from '../../platform/forms/form.ts'
import { personToTreat } from '../record-access/index.ts'
import { checkOrderInput } from './contract.ts'
import { deskHits, readDeskFacts } from './desk.ts'
import { ruleWords } from './of-the-day.ts'

export const checkOrder = command({
  name: 'audit-rules.check-order',
  by: [
    'village-doctor@lawful-basis',
    'family-doctor@lawful-basis',
    'referral-desk@lawful-basis',
    'ward@lawful-basis',
    'pharmacist@presented',
  ],
  basis: '医疗保障基金使用监督管理条例:智能审核',
  does: {
    zh: '开单时先审:这些项目连同这位居民之前的账单会触发哪些规则,能否继续;不保存。',
    en: 'Asks while ordering which rules these lines would break for this person, earlier bills included, and whether one may go on; nothing is kept.',
  },
  input: checkOrderInput,
  read: async (tx, { person: id, lines }, act) => {
    const treated = await personToTreat(tx, id)
    if (!treated) return null
    return {
      ...treated,
      desk: await readDeskFacts(tx, {
        codes: lines.map(({ item }) => item),
        org: act.actor.org,
        day: act.today,
        stage: 'pre',
        person: treated.seesAll ? treated.person.id : null,
      }),
      words: await ruleWords(act.today),
    }
  },
  relation: ({ hasBasis, presented }) => [
    ...(hasBasis ? (['lawful-basis'] as const) : []),
    ...(presented ? (['presented'] as const) : []),
  ],
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, desk, words }, { insurance, diagnoses, lines }, act) => {
    const bill = {
      id: 'order',
      org: act.actor.org ?? '',
      inpatient: false,
      daysKnown: true,
      insurance: insurance ?? person.insurance,
      diagnoses,
      lines: lines.map((line) => ({ ...line, amountFen: Math.round(line.quantity * line.priceFen) })),
    }
    const codes = new Set(desk?.items.map(({ code }) => code))
    const answer = {
      hits: deskHits(person, bill, desk).map(({ rule, zh, en, kind, basis, grade, lines: about, amountFen, evidence }) => ({
        rule,
        number: words.get(rule)?.number ?? 0,
        words: { zh, en },
        kind,
        effect: desk?.effects.get(rule) ?? 'note',
        clause: { basis, grade },
        lines: about.map(Number),
        amountFen,
        evidence,
      })),
      /** Items that the catalogue does not have: no rule could be asked of them. */
      unknown: lines.flatMap(({ item }) => (codes.has(item) ? [] : [item])),
    }
    return ok({ change: null, answer })
  },
  write: async () => {},
})
