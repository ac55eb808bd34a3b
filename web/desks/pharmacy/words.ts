import type { Words } from '../../words/language.tsx'

const zh = {
  place: '购药结算',
  title: '购药结算',
  lead: '请居民出示健康卡动态码，核验后录入所购药品，按参保地规则当场结清。',
  scan: '扫居民出示的健康卡码',
  scanHint: '扫码枪会自动输入并回车。药店只看到姓名，看不到健康档案。',
  missing: '请先扫码。',
  check: '核验',
  change: '换一位',
}
export const pharmacyWords: Words<typeof zh> = {
  zh,
  en: {
    place: 'Settle medicine',
    title: 'Settle medicine',
    lead: 'Let the person show the dynamic code of the health card, enter what is bought, and settle it at once by the rules of where they are insured.',
    scan: 'Scan the health card that is shown',
    scanHint: 'A scanner types and presses enter by itself. The pharmacy sees the name and nothing of the record.',
    missing: 'Scan the code first.',
    check: 'Check',
    change: 'Somebody else',
  },
}
