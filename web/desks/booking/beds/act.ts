/**
 * Runs a command and then what follows from it, also where its answer has meanwhile taken the button away that it was pressed on.
 * A refusal is shown by the command's own error.
 */
export const act = (run: () => Promise<unknown>, done: () => void): void => {
  run().then(done, () => undefined)
}
