/** What is wrong with an unlocking code; null when it will do. Codes that anybody tries first are not taken. */
export const faultOfCode = (code: string, again: string, digits: number): 'short' | 'simple' | 'differs' | null => {
  if (!/^\d+$/.test(code) || code.length < digits) return 'short'
  const steps = new Set(Array.from(code.slice(1), (digit, at) => Number(digit) - Number(code[at])))
  const [step] = steps
  if (steps.size === 1 && step !== undefined && Math.abs(step) <= 1) return 'simple'
  // 121212, 123123: a short piece over and over.
  if (/^(\d{1,3})\1+$/.test(code)) return 'simple'
  return code === again ? null : 'differs'
}
