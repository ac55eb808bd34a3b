import type { ApiError } from './api-error.ts'

/** What a page does once a command has been answered. */
export type WhenAnswered<Answer> = {
  onSuccess?: (answer: Answer) => unknown
  onError?: (error: ApiError) => unknown
  onSettled?: () => unknown
}

/**
 * Tells what came of a command, from its promise. The callbacks of TanStack's own `mutate` are dropped when the component is
 * unmounted before the answer, which a live refresh does to a row whose case has just left the list; setting the state of an
 * unmounted component does nothing. The error is shown from the mutation itself.
 */
export const tellWhenAnswered = <Answer>(running: Promise<Answer>, when: WhenAnswered<Answer> = {}): void => {
  const told = running.then(
    (answer) => void when.onSuccess?.(answer),
    (thrown: ApiError) => void when.onError?.(thrown),
  )
  void told.finally(() => when.onSettled?.())
}
