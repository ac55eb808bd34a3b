import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { faultsOfSettlement, setlinfo } from '../../modules/payment/wire/amounts.ts'
import { yearSoFar, type YearEntry } from '../../modules/settlement/index.ts'
import { adjudicate, fundsOnWire, splitLine } from './adjudicate.ts'
import { openBook } from './book.ts'
import { price, restore, settle, voidIt, type Desk, type Settlement } from './settlements.ts'

const line = (yuan: number, level = '01') => ({
  feedetl_sn: '1',
  mdtrt_id: 'M1',
  psn_no: 'P1',
  chrg_bchno: 'B',
  fee_ocur_time: '2024-05-01 08:00:00',
  med_list_codg: 'X',
  medins_list_codg: 'X',
  det_item_fee_sumamt: yuan,
  cnt: 1,
  pric: yuan,
  chrgitm_lv: level,
})
type Line = Parameters<typeof adjudicate>[0][number]
const lines = (...some: ReturnType<typeof line>[]): Line[] => some as unknown as Line[]
const nothing = (care: YearEntry['care']) => yearSoFar([], { care, day: '2024-05-01' as YearEntry['day'], hospital: null })
const about = (more: object = {}) => ({ psn_no: 'P1', insutype: '390', med_type: '11', day: '2024-05-01', mayUseAccount: true, balance: 0, seen: nothing, ...more }) // prettier-ignore

describe('what the simulated insurer answers', () => {
  for (const [why, some, more, fund, layers] of [
    ['outpatient, residents: half of what is in scope', [line(100), line(50, '02'), line(7, '03')], {}, 72.5, { hifp_pay: 72.5 }],
    ['the same of an employee', [line(100), line(50, '02'), line(7, '03')], { insutype: '310', balance: 500 }, 87, { hifp_pay: 87 }],
    ['assisted reproduction has a rate of its own', [line(100)], { med_type: '51' }, 55, { hifp_pay: 55 }],
    ['a stay pays its deductible first', [line(1_500)], { med_type: '21' }, 700, { hifp_pay: 700, act_pay_dedc: 500 }],
    ['serious illness above 16 000 left of the year', [line(70_500)], { med_type: '21' }, 49_000 + 3_300, { hifp_pay: 49_000, hifmi_pay: 3_300 }],
    ['the limit of outpatient care in the year', [line(9_000)], {}, 4_000, { hifp_pay: 4_000 }],
  ] as const)
    test(why, () => {
      const answer = adjudicate(lines(...some), about(more))
      const info = answer.setlinfo as Record<string, number>
      assert.equal(info['fund_pay_sumamt'], fund)
      for (const [field, amount] of Object.entries(layers)) assert.equal(info[field], amount, field)
      const total = some.reduce((sum, { det_item_fee_sumamt }) => sum + det_item_fee_sumamt * 100, 0)
      assert.deepEqual(faultsOfSettlement(setlinfo.parse(info), [...answer.setldetail], total), [])
    }) // prettier-ignore

  test('what it has no rule for it refuses', () => {
    assert.throws(() => adjudicate(lines(line(1)), about({ med_type: '99' })), /没有适用/)
    assert.throws(() => adjudicate(lines(line(1)), about({ day: '2019-12-31' })), /没有适用/)
  })

  test('each layer has its field and its fund; two of one fund are summed in the field', () => {
    const { fields, rows } = fundsOnWire({ basic: 100, 'medical-aid': 200, 'tilt-aid': 300, commercial: 400 }, 'workers')
    assert.deepEqual(fields, { hifp_pay: 1, maf_pay: 5, oth_pay: 4 })
    assert.deepEqual(rows.map(({ fund_pay_type }) => fund_pay_type), ['310100', '610100', '610100', '999997']) // prettier-ignore
  })

  test('a line handed in is split as it will be settled', () => {
    const { fulamt_ownpay_amt: own, preselfpay_amt: first, inscp_scp_amt: scope } = splitLine(lines(line(12.35, '02'))[0] as Line)
    assert.deepEqual([own, first, scope], [0, 1.24, 11.11])
  })
})

test('the year goes on from bill to bill; a voided one counts no more, and counts again when its void is taken back', () => {
  const book = openBook(':memory:')
  const desk = { book, day: '2024-05-01', seed: '1', envelope: { fixmedins_code: 'H1', inf_time: '2024-05-01 08:00:00', msgid: 'm' } } as unknown as Desk // prettier-ignore
  book.run("insert into person values ('P1', 'C1', '演示', '390', 0)")
  const asked = (mdtrt: string) => ({ psn_no: 'P1', insutype: '390', med_type: '11', mdtrt_id: mdtrt, medfee_sumamt: 6_000, acct_used_flag: '1' as const }) // prettier-ignore
  const fee = (mdtrt: string) => book.run('insert into fee (mdtrt_id, sn, batch, body) values (?, ?, ?, ?)', mdtrt, '1', 'B', JSON.stringify(line(6_000))) // prettier-ignore
  for (const mdtrt of ['M1', 'M2']) fee(mdtrt)
  const fundOf = (mdtrt: string) => price(desk, asked(mdtrt)).setlinfo.fund_pay_sumamt
  assert.equal(fundOf('M2'), 3_000)
  const made = settle(desk, asked('M1'))
  assert.equal(fundOf('M2'), 1_000, '4 000 a year: what the first bill left of it')
  const kept = () => book.get<Settlement>('select * from settlement where setl_id = ?', made.setlinfo.setl_id) as Settlement
  voidIt(desk, kept())
  assert.equal(fundOf('M2'), 3_000)
  restore(desk, kept())
  assert.equal(fundOf('M2'), 1_000)
  assert.equal(price({ ...desk, day: '2025-01-01' }, asked('M2')).setlinfo.fund_pay_sumamt, 3_000, 'the next year begins anew')
  book.close()
})
