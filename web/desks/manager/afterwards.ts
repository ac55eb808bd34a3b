/**
 * Does something when a command has succeeded, also when the list has meanwhile dropped the part of the page that ran it. A
 * refusal is shown by whoever runs the command; nothing is left to do here.
 */
export const afterwards = <Answer>(running: Promise<Answer>, done: (answer: Answer) => void): Promise<void> =>
  running.then(done, () => undefined)
