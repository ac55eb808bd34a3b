// The first that fits names it; browsers carry the names of their ancestors too.
const BROWSERS = [
  ['MicroMessenger', '微信 WeChat'],
  ['Edg', 'Edge'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** A device in a word or two, as its browser names itself: enough to know one's own again, too little to track it. */
export const deviceName = (userAgent: string | undefined): string => {
  const nameOf = (names: readonly (readonly [string, string])[]): string | undefined =>
    names.find(([mark]) => userAgent?.includes(mark))?.[1]
  return [nameOf(BROWSERS), nameOf(SYSTEMS)].filter((name) => name !== undefined).join(' · ')
}
