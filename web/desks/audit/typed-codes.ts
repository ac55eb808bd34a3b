const CODES_MOST = 20
const LETTERS_MOST = 40

/** Codes as they are typed with spaces, commas or Chinese marks between them, each once, in capitals. */
export const typedCodes = (text: string): string[] =>
  [
    ...new Set(
      text
        .normalize('NFKC')
        .toUpperCase()
        .split(/[\s,;、。]+/)
        .filter((code) => code !== '' && code.length <= LETTERS_MOST),
    ),
  ].slice(0, CODES_MOST)
