import fontAddress from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url'

/** The picture that the system's fonts give one character. */
const drawn = (character: string): string => {
  const canvas = document.createElement('canvas')
  canvas.width = 24
  canvas.height = 24
  const pen = canvas.getContext('2d')
  if (pen === null) return character
  pen.font = '20px system-ui, sans-serif'
  pen.fillText(character, 1, 20)
  return canvas.toDataURL()
}

/** Without Chinese glyphs every character is the same empty box. */
const hasChinese = (): boolean => drawn('转') !== drawn('诊')

/**
 * Fetches a Chinese font (10 MB) only where the system has none, as on bare Linux desktops and test browsers.
 * Everywhere else nothing is fetched.
 */
export const ensureChineseFont = async (): Promise<void> => {
  if (hasChinese()) return
  const font = new FontFace('Jieli CJK', `url(${fontAddress})`)
  document.fonts.add(await font.load())
  // Named only now: parts drawn before it came would keep their empty boxes.
  document.documentElement.dataset['font'] = 'fetched'
}
