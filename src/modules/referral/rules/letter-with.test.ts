import assert from 'node:assert/strict'
import test from 'node:test'
import { letterWith, type LetterChange } from './letter-with.ts'

const SENT = { impression: '高血压3级', reason: '头痛三天', pastHistory: '糖尿病', treatment: '氨氯地平', attention: null }

// change | part, text | the sentence
const ROWS: [LetterChange, keyof typeof SENT, string | null, string][] = [
  [{}, 'impression', '高血压3级', 'nothing changed is the letter that was sent'],
  [{ pastHistory: '糖尿病十年' }, 'pastHistory', '糖尿病十年', 'a part that is named takes the new text'],
  [{ pastHistory: '糖尿病十年' }, 'treatment', '氨氯地平', 'a part that is not named stays'],
  [{ pastHistory: '' }, 'pastHistory', '', 'an empty text takes the old one away'],
  [{ attention: '青霉素过敏' }, 'attention', '青霉素过敏', 'what was empty may be filled'],
]

for (const [change, part, text, why] of ROWS)
  test(`Changing a letter: ${why}`, () => assert.equal(letterWith(SENT, change)[part], text))
