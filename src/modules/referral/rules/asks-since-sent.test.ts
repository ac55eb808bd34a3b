import assert from 'node:assert/strict'
import test from 'node:test'
import { asksSinceSent } from './asks-since-sent.ts'

// events after the draft | asks | the sentence of the policy
const ROWS: [string[], number, string][] = [
  [['submitted'], 0, 'a request that was only sent was asked nothing'],
  [['submitted', 'more-asked'], 1, 'one question counts one'],
  [['submitted', 'more-asked', 'supplemented', 'more-asked'], 2, 'a supplement does not begin the count again'],
  [['submitted', 'more-asked', 'escalated', 'supplemented'], 1, 'an escalation is no question'],
  [['submitted', 'more-asked', 'redirected'], 0, 'who gets the case by redirection may ask anew'],
  [['submitted', 'more-asked', 'rejected', 'submitted', 'more-asked'], 1, 'what was sent anew is asked anew'],
]

for (const [events, asks, why] of ROWS)
  test(`Asking for more: ${why}`, () => assert.equal(asksSinceSent(['drafted', ...events].map((one) => `referral.${one}`)), asks))
