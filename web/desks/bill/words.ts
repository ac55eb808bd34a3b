import type { Words } from '../../words/language.tsx'
import type { CashApp, LineClass, LineKind, VisitKind } from '../../../src/modules/payment/payment.ts'

const FEN_A_YUAN = 100
const inYuan = (fen: number): string =>
  (fen / FEN_A_YUAN).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const zh = {
  yuan: (fen: number) => `${inYuan(fen)} 元`,
  lines: '收费项目',
  times: (priceFen: number, count: number) => `${inYuan(priceFen)} 元 × ${count}`,
  kinds: { examination: '检查', drug: '药品', treatment: '治疗', other: '其他' } satisfies Record<LineKind, string>,
  classes: { '01': '甲类', '02': '乙类', '03': '丙类' } satisfies Record<LineClass, string>,
  classesMean: {
    '01': '甲类：整笔按医保算',
    '02': '乙类：您先付一小部分，剩下的按医保算',
    '03': '丙类：医保不管，全部自己付',
  } satisfies Record<LineClass, string>,
  visitKinds: { ordinary: '普通门诊', chronic: '门诊慢特病', 'assisted-reproduction': '辅助生殖' } satisfies Record<
    VisitKind,
    string
  >,
  total: '合计',
  who: '谁付多少',
  fund: '医保基金付',
  account: '个人账户付',
  family: '家庭共济付',
  hospital: '医院承担',
  cash: '您自己付现金',
  cashOfPerson: '现金',
  why: '为什么是这么多',
  insured: {
    '310': '您参加的是职工医保，有个人账户。',
    '390': '您参加的是城乡居民医保，没有个人账户。',
  } as Readonly<Record<string, string>>,
  basisTotal: '账单合计',
  basisOwn: '减去丙类，医保不管',
  basisLimit: '减去超过限价的部分',
  basisFirst: '减去乙类中先自己付的部分',
  basisScope: '等于按医保算的部分',
  basisFunds: '其中医保基金付',
  fundNames: {
    '310100': '职工医保统筹基金',
    '390100': '城乡居民医保基金',
    '330100': '职工大额医疗补助',
    '390200': '城乡居民大病保险',
    '610100': '医疗救助基金',
  } as Readonly<Record<string, string>>,
  otherFund: (code: string) => `基金 ${code}`,
  basisRest: '余下由个人账户、家庭共济或现金付',
  fromPlatform: '各部分由医保平台算出，本平台核对过加起来等于合计。',
  noBasis: '平台没有说明按医保算的部分。',
  apps: { wechat: '微信', alipay: '支付宝', window: '窗口' } satisfies Record<CashApp, string>,
  released: '可以做了',
  fulfilled: '已完成',
  opened: '开单时间',
  settlementNo: '结算号',
  reason: '原因',
}
export type BillWords = typeof zh

const en: BillWords = {
  yuan: (fen) => `¥${inYuan(fen)}`,
  lines: 'What is charged',
  times: (priceFen, count) => `¥${inYuan(priceFen)} × ${count}`,
  kinds: { examination: 'Examination', drug: 'Medicine', treatment: 'Treatment', other: 'Other' },
  classes: { '01': 'Class A', '02': 'Class B', '03': 'Class C' },
  classesMean: {
    '01': 'Class A: the insurance counts all of it',
    '02': 'Class B: you pay a small part first, the insurance counts the rest',
    '03': 'Class C: outside of the insurance, you pay all of it',
  },
  visitKinds: {
    ordinary: 'Ordinary visit',
    chronic: 'Chronic or special disease',
    'assisted-reproduction': 'Assisted reproduction',
  },
  total: 'Total',
  who: 'Who pays what',
  fund: 'Insurance fund',
  account: 'Personal account',
  family: 'Family pool',
  hospital: 'Hospital',
  cash: 'You, in cash',
  cashOfPerson: 'Cash',
  why: 'Why so much',
  insured: {
    '310': 'You have employees’ insurance with a personal account.',
    '390': 'You have residents’ insurance, which has no personal account.',
  },
  basisTotal: 'The whole bill',
  basisOwn: 'Less class C, outside of the insurance',
  basisLimit: 'Less what is above the price limit',
  basisFirst: 'Less what you pay first of class B',
  basisScope: 'Is what the insurance counts',
  basisFunds: 'Of this the fund pays',
  fundNames: {
    '310100': 'Employees’ pooled fund',
    '390100': 'Residents’ fund',
    '330100': 'Employees’ large-amount aid',
    '390200': 'Residents’ serious-illness insurance',
    '610100': 'Medical aid',
  },
  otherFund: (code) => `Fund ${code}`,
  basisRest: 'The rest is paid by personal account, family pool or cash',
  fromPlatform: 'The insurer’s platform says the parts; the house has checked that they sum to the total.',
  noBasis: 'The platform did not say what the insurance counts.',
  apps: { wechat: 'WeChat', alipay: 'Alipay', window: 'Window' },
  released: 'Ready',
  fulfilled: 'Done',
  opened: 'Opened',
  settlementNo: 'Settlement',
  reason: 'Reason',
}

/** Words of a bill wherever one is shown. Class and fund names follow the insurance catalogue. */
export const billWords: Words<BillWords> = { zh, en }
