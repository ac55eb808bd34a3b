const HUNDREDTHS = 100
const PLACES = 2
const decimal = /^(\d+)(?:\.(\d{1,2}))?$/

/** What was typed with two decimals at most, in hundredths: fen of yuan, basis points of percent. Null when it is none, or longer than `digits` before the point. */
export const hundredthsOf = (text: string, digits: number): number | null => {
  const [, whole, part = ''] = decimal.exec(text.normalize('NFKC').trim()) ?? []
  if (whole === undefined || whole.length > digits) return null
  return Number(whole) * HUNDREDTHS + Number(part.padEnd(PLACES, '0'))
}
