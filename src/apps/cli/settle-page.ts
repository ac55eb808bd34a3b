import { INPUT_WORDS, inputText, type SettledBill } from '../../modules/settlement/index.ts'

// A yuan has a hundred fen.
const FEN_OF_YUAN_DIGITS = 2
const WIDTH = '1000000000.00'.length

const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(FEN_OF_YUAN_DIGITS + 1, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -FEN_OF_YUAN_DIGITS)}.${digits.slice(-FEN_OF_YUAN_DIGITS)}`
}

const inputsIn = (inputs: Readonly<Record<string, number | string>>, of: 'zh' | 'en'): string =>
  Object.entries(inputs)
    .map(([name, value]) => `${INPUT_WORDS[name]?.[of] ?? name} ${inputText(name, value, of, yuan)}`)
    .join(of === 'zh' ? ',' : ', ')

const INDENT = ' '.repeat(WIDTH + '  '.length)

/** A settled bill for people: a line for each step; explained, what it was reckoned on in both languages and by which clause. */
export const settlePage = ({ bill: { id }, claim, settled }: SettledBill, isExplained: boolean): string[] => {
  const lines = settled.steps.flatMap(({ zh, en, amountFen, basis, source, inputs }) => [
    `  ${yuan(amountFen).padStart(WIDTH)}  ${zh} ${en}`,
    ...(isExplained && Object.keys(inputs).length > 0 ? [`${INDENT}  · ${inputsIn(inputs, 'zh')}`, `${INDENT}    ${inputsIn(inputs, 'en')}`] : []), // prettier-ignore
    ...(isExplained && basis !== null ? [`${INDENT}  · 依据 basis (${source}): ${basis}`] : []),
  ])
  const { totalFen, fundFen, personalFen, hospitalFen, rulebookHash } = settled
  return [
    `${id === '' ? '' : `${id} `}${claim.day}  总额 ${yuan(totalFen)} = 基金 ${yuan(fundFen)} + 个人 ${yuan(personalFen)} + 医院 ${yuan(hospitalFen)} 元`,
    `  total ${yuan(totalFen)} = funds ${yuan(fundFen)} + person ${yuan(personalFen)} + hospital ${yuan(hospitalFen)} yuan`,
    ...(isExplained ? [`  规则指纹 rulebook ${rulebookHash}`] : []),
    ...lines,
  ]
}
